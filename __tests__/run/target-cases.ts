import { type Document, type Estate, groupIn, type RoleEstate, roleIn } from '../../dev/aws/estate.ts';

/** What is done to one target of an estate in which every target is strict and clean, and what has to be found of it. */
export interface TargetCase {
  readonly name: string;
  readonly edit: (target: TargetDraft) => void;
  /** `rule access`; nothing for a near miss. */
  readonly finds: readonly string[];
  /** Why moto can't hold it. */
  readonly notOnMoto?: string;
}

export interface TargetDraft {
  readonly account: string;
  readonly estate: Estate;
  readonly role: RoleEstate;
}

export const HUB = '111111111111';
export const GROUP = 'micetro-targets';
export const STRANGER = '999999999999';

const DNS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['route53:ListHostedZones', 'route53:GetHostedZone'], Resource: '*' }],
};

/** Goes before `targets:` of the guide's desired-state file. */
export const STRICT_DEFAULTS = `
defaults:
  inlinePolicies: { dns: ${JSON.stringify(DNS)} }
  permissionsBoundary: policy/limit
  maxSessionDuration: 3600
  description: DNS by Micetro
  tags: { team: ddi }
`;

/** Makes a target of the guide what the strict defaults ask for. */
export function makeStrict(estate: Estate, account: string): void {
  const role = roleIn(estate, account, 'Micetro');
  role.inlinePolicies = [{ name: 'dns', document: DNS }];
  role.boundary = `arn:aws:iam::${account}:policy/limit`;
  role.maxSessionDuration = 3600;
  role.description = 'DNS by Micetro';
  role.tags = [{ key: 'team', value: 'ddi' }];
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  estate.accounts.find(({ id }) => id === account)?.policies.push({ name: 'limit', document: all }, { name: 'other', document: all });
}

export function roleArn(account: string, name = 'Micetro'): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

export function managed(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

export function trust(principal: unknown, more: Readonly<Record<string, unknown>> = {}): Document {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }] };
}

export function grant(resource: unknown, more: Readonly<Record<string, unknown>> = {}): Document {
  return { Version: '2012-10-17', Statement: [{ Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resource, ...more }] };
}

/** The grant of a target, taken out of the group or changed in it. */
function editGrant({ estate, account }: TargetDraft, change: (document: Document) => { name: string; document: Document } | null): void {
  const group = groupIn(estate, HUB, GROUP);
  const name = `assume-${account}-Micetro`;
  group.inlinePolicies = group.inlinePolicies.flatMap((policy) => (policy.name === name ? (change(policy.document) ?? []) : [policy]));
}

const ROOT = `arn:aws:iam::${HUB}:root`;

export const TARGET_CASES: readonly TargetCase[] = [
  { name: 'nothing', edit: () => undefined, finds: [] },
  { name: 'grant gone', edit: (target) => editGrant(target, () => null), finds: ['grant-missing narrowed'] },
  {
    name: 'grant renamed',
    edit: (target) => editGrant(target, (document) => ({ name: `by-hand-${target.account}`, document })),
    finds: [],
  },
  {
    name: 'grant packed with an action it does not need',
    edit: (target) =>
      editGrant(target, () => ({
        name: 'with-tags',
        document: grant(roleArn(target.account), { Action: ['sts:AssumeRole', 'sts:TagSession'] }),
      })),
    finds: ['grant-changed widened'],
  },
  {
    name: 'grant with a condition',
    edit: (target) =>
      editGrant(target, () => ({
        name: 'office',
        document: grant(roleArn(target.account), { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      })),
    finds: ['grant-changed narrowed'],
  },
  {
    name: 'grant as a list of one, without Sid, in lower case',
    edit: (target) =>
      editGrant(target, () => ({
        name: 'lists',
        document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['STS:assumerole'], Resource: [roleArn(target.account)] }],
        },
      })),
    finds: [],
  },
  { name: 'role gone', edit: ({ estate, account }) => dropRole(estate, account), finds: ['role-missing narrowed'] },
  {
    name: 'trust in everybody',
    edit: ({ role }) => {
      role.trust = trust({ AWS: '*' });
    },
    finds: ['trust-changed widened'],
  },
  {
    name: 'trust in a stranger as well',
    edit: ({ role }) => {
      role.trust = trust({ AWS: [ROOT, `arn:aws:iam::${STRANGER}:root`] });
    },
    finds: ['trust-changed widened'],
  },
  {
    name: 'trust in the hub user alone',
    edit: ({ role }) => {
      role.trust = trust({ AWS: `arn:aws:iam::${HUB}:user/micetro` });
    },
    finds: ['trust-changed narrowed'],
  },
  {
    name: 'trust under a condition',
    edit: ({ role }) => {
      role.trust = trust({ AWS: ROOT }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    },
    finds: ['trust-changed narrowed'],
  },
  {
    name: 'trust in another account instead',
    edit: ({ role }) => {
      role.trust = trust({ AWS: `arn:aws:iam::${STRANGER}:root` });
    },
    finds: ['trust-changed changed'],
  },
  {
    name: 'trust in the account id, as a list',
    edit: ({ role }) => {
      role.trust = trust({ AWS: [HUB] }, { Sid: 'Hub', Action: ['sts:AssumeRole'] });
    },
    finds: [],
  },
  {
    name: 'trust in a user that was deleted',
    edit: ({ estate, role }) => {
      estate.accounts.find(({ id }) => id === HUB)?.formerUsers.push(`gone-${role.name}`);
      role.trust = trust({ AWS: [ROOT, `arn:aws:iam::${HUB}:user/gone-${role.name}`] });
    },
    finds: ['trust-orphaned changed'],
    notOnMoto: 'it keeps the ARN of a principal that was deleted',
  },
  {
    name: 'role under another path',
    edit: ({ role }) => {
      role.path = '/ddi/';
    },
    finds: ['role-path-changed narrowed'],
  },
  {
    name: 'policy detached',
    edit: ({ role }) => {
      role.managedPolicies.pop();
    },
    finds: ['role-policy-missing narrowed'],
  },
  {
    name: 'administrator attached',
    edit: ({ role }) => {
      role.managedPolicies.push(managed('AdministratorAccess'));
    },
    finds: ['role-policy-extra widened'],
  },
  {
    name: 'optional policy attached, others in another order',
    edit: ({ role }) => {
      role.managedPolicies = [managed('IAMReadOnlyAccess'), ...role.managedPolicies.toReversed()];
    },
    finds: [],
  },
  {
    name: 'inline policy gone',
    edit: ({ role }) => {
      role.inlinePolicies = [];
    },
    finds: ['role-inline-policy-missing narrowed'],
  },
  {
    name: 'inline policy added',
    edit: ({ role }) => {
      role.inlinePolicies.push({ name: 'test', document: DNS });
    },
    finds: ['role-inline-policy-extra widened'],
  },
  {
    name: 'inline policy widened',
    edit: ({ role }) => {
      role.inlinePolicies = [{ name: 'dns', document: { ...DNS, Statement: [{ Effect: 'Allow', Action: 'route53:*', Resource: '*' }] } }];
    },
    finds: ['role-inline-policy-changed widened'],
  },
  {
    name: 'inline policy split, in another order',
    edit: ({ role }) => {
      const one = (Action: string) => ({ Sid: Action.replace(':', ''), Effect: 'Allow', Action: [Action], Resource: ['*'] });
      role.inlinePolicies = [
        { name: 'dns', document: { Statement: [one('route53:GetHostedZone'), one('route53:ListHostedZones')], Version: '2012-10-17' } },
      ];
    },
    finds: [],
  },
  {
    name: 'boundary gone',
    edit: ({ role }) => {
      delete role.boundary;
    },
    finds: ['role-boundary-missing widened'],
  },
  {
    name: 'another boundary',
    edit: ({ role, account }) => {
      role.boundary = `arn:aws:iam::${account}:policy/other`;
    },
    finds: ['role-boundary-changed changed'],
  },
  {
    name: 'longer sessions',
    edit: ({ role }) => {
      role.maxSessionDuration = 43_200;
    },
    finds: ['role-session-duration-changed none'],
  },
  {
    name: 'another description',
    edit: ({ role }) => {
      role.description = 'test';
    },
    finds: ['role-description-changed none'],
  },
  {
    name: 'tag gone',
    edit: ({ role }) => {
      role.tags = [];
    },
    finds: ['role-tag-missing none'],
  },
  {
    name: 'tag changed',
    edit: ({ role }) => {
      role.tags = [{ key: 'team', value: 'web' }];
    },
    finds: ['role-tag-changed none'],
  },
  {
    name: 'another tag beside',
    edit: ({ role }) => {
      role.tags = [
        { key: 'cost', value: '1' },
        { key: 'team', value: 'ddi' },
      ];
    },
    finds: [],
  },
];

function dropRole(estate: Estate, account: string): void {
  const found = estate.accounts.find(({ id }) => id === account);
  if (found !== undefined) found.roles = found.roles.filter(({ name }) => name !== 'Micetro');
}
