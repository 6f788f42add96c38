import { shortName } from '../../iam/arn.ts';
import { entityLabel } from '../../state/entity.ts';
import type { AccessKey, Member, OtherCredential } from '../../state/state.ts';
import type { Kinds, Owner } from './kind.ts';

/** What only the hub user has. */
export interface HubUserParts {
  /** A group beside the hub's own. */
  readonly 'other-group': { readonly of: Owner<'User'>; readonly group: Member; readonly desired: false; readonly live: true };
  /** AWS's quarantine policies, by ARN. `activeKeys` are ids; `undefined`: not read. */
  readonly 'key-quarantine': {
    readonly of: Owner<'User'>;
    readonly activeKeys: readonly string[] | undefined;
    readonly desired: null;
    readonly live: readonly string[];
  };
  readonly 'console-login': { readonly of: Owner<'User'>; readonly desired: false; readonly live: true };
  readonly 'key-count': {
    readonly of: Owner<'User'>;
    readonly desired: { readonly min: number };
    readonly live: { readonly active: number };
  };
  readonly key: { readonly of: Owner<'User'>; readonly desired: { readonly max: number }; readonly live: AccessKey };
  /** A credential beside access keys and the password. */
  readonly credential: { readonly of: Owner<'User'>; readonly desired: null; readonly live: OtherCredential };
  readonly 'key-age': {
    readonly of: Owner<'User'>;
    readonly desired: { readonly maxAgeDays: number };
    readonly live: AccessKey;
    readonly days: number;
  };
}

export const HUB_USER: Kinds<HubUserParts> = {
  'other-group': {
    rule: () => 'hub-user-group-extra',
    title: ({ of, group }) => `Hub user ${of.name} is in group ${group.name}`,
    message: ({ of, group }) => `The ${entityLabel(of)} is in the group ${group.name}, which the file does not allow.`,
  },
  'key-quarantine': {
    rule: () => 'hub-user-key-compromised',
    title: ({ of }) => `An access key of hub user ${of.name} has leaked`,
    message: ({ of, live }) =>
      `The ${entityLabel(of)} has AWS's quarantine policy ${live.map(shortName).join(' and ')} attached: an access key of this user has leaked.`,
  },
  'console-login': {
    rule: () => 'hub-user-login-extra',
    title: ({ of }) => `Hub user ${of.name} has a console password`,
    message: ({ of }) => `The ${entityLabel(of)} has a console password, but it is meant for programmatic access only.`,
  },
  'key-count': {
    rule: () => 'hub-user-key-missing',
    title: ({ of, desired, live }) => `Hub user ${of.name} has ${keyCount(live.active)}, ${desired.min} required`,
    message: ({ of, desired, live }) => `The ${entityLabel(of)} has ${keyCount(live.active)}; expected at least ${desired.min}.`,
  },
  key: {
    rule: () => 'hub-user-key-extra',
    title: ({ of, desired }) => `Hub user ${of.name} has too many active access keys, ${desired.max} allowed`,
    message: ({ of, desired, live }) =>
      `The ${entityLabel(of)} has too many active access keys, ${desired.max} allowed. One of them is ${live.id}.`,
  },
  credential: {
    rule: () => 'hub-user-credential-extra',
    title: ({ of, live }) => `Hub user ${of.name} has an active ${credentialLabel(live)}`,
    message: ({ of, live }) => `The ${entityLabel(of)} has the active ${credentialLabel(live)}, which the file does not allow.`,
  },
  'key-age': {
    rule: () => 'hub-user-key-old',
    title: ({ of, desired, days }) => `An access key of hub user ${of.name} is ${days} days old, ${desired.maxAgeDays} allowed`,
    message: ({ of, desired, live, days }) =>
      `The access key ${live.id} of the ${entityLabel(of)} is ${days} days old, ${desired.maxAgeDays} allowed.`,
  },
};

function keyCount(keys: number): string {
  if (keys === 0) return 'no active access key';
  return keys === 1 ? '1 active access key' : `${keys} active access keys`;
}

/** `SSH public key APKA…`, `service-specific credential ACCA… for codecommit.amazonaws.com`. */
export function credentialLabel({ type, id, service }: OtherCredential): string {
  switch (type) {
    case 'ssh-public-key':
      return `SSH public key ${id}`;
    case 'signing-certificate':
      return `signing certificate ${id}`;
    case 'service-specific':
      return `service-specific credential ${id}${service === null ? '' : ` for ${service}`}`;
  }
}
