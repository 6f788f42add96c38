import { type AccountEstate, accountIn, type Document, type Estate, type RoleEstate, roleIn, userIn, withDrift } from '../aws/estate.ts';
import { awsPolicy, trustAccount } from '../aws/guide.ts';
import { type KindsEstate, kindsEstate } from '../aws/kinds-estate.ts';
import type { Place } from './place.ts';

/**
 * An estate that has everything a rule is about: beside the kinds of `kindsEstate` policies of the hub user and of a group, another group and another caller,
 * and in the accounts descriptions, durations, and policies of their own.
 */
export interface LargeEstate extends KindsEstate {
  /** Accounts with a second role, `MicetroReader`. */
  readonly readers: readonly string[];
}

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*'): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** A group of people that the hub user is in. */
export const READERS = 'readers';
const ZONES = { name: 'ddi-zones', document: allow('route53:ListHostedZones') };

/** Of three hundred accounts forty have two roles, and the grants are in six groups. */
export function largeEstate({ members, embedded }: Pick<Place, 'members' | 'embedded'>): LargeEstate {
  const withTwoRoles = Math.max(3, Math.round((members.length * 40) / 300));
  const kinds = kindsEstate({ accounts: members, withTwoRoles, groups: 6, fixer: true });
  const estate = withDrift(kinds.estate, (draft) => {
    // moto does not have permissions boundaries of users.
    furnishHub(draft, kinds, embedded !== undefined);
    for (const account of kinds.ofKind.sandbox) describe(roleIn(draft, account, 'Micetro'));
    for (const account of kinds.ofKind.staging) {
      accountIn(draft, account).policies.push(structuredClone(ZONES));
      roleIn(draft, account, 'Micetro').managedPolicies.push(`arn:${draft.partition}:iam::${account}:policy/${ZONES.name}`);
    }
  });
  return { ...kinds, estate, readers: members.slice(0, withTwoRoles) };
}

const DESCRIBING = { description: 'A sandbox, emptied on Sundays', maxSessionDuration: 7_200 };

function describe(role: RoleEstate): void {
  Object.assign(role, DESCRIBING);
}

/** An account beside the estate's, with the role of a sandbox in it. */
export function furtherSandbox(id: string): AccountEstate {
  const { estate } = kindsEstate({ accounts: ['', '', '', id], withTwoRoles: 0, groups: 1, fixer: true });
  const account = accountIn(estate, id);
  describe(roleIn(estate, id, 'Micetro'));
  return account;
}

function furnishHub(draft: Estate, { hub, user: name }: KindsEstate, withBoundary: boolean): void {
  const aws = (policy: string) => awsPolicy(draft.partition, policy);
  const user = userIn(draft, hub, name);
  if (withBoundary) user.boundary = aws('PowerUserAccess');
  user.inlinePolicies.push(
    { name: 'read-zones', document: allow('route53:ListHostedZones') },
    { name: 'read-networks', document: allow('ec2:DescribeVpcs') },
    // Access that Micetro can't discover, so that indirect access remains where the grant of a sandbox is missing.
    { name: 'assume-sandboxes', document: allow('sts:AssumeRole', 'arn:*:iam::*:role/ddi/*') },
  );
  accountIn(draft, hub).groups.push({
    name: READERS,
    path: '/people/',
    members: [name],
    managedPolicies: [aws('ReadOnlyAccess')],
    inlinePolicies: [
      { name: 'read-networks', document: allow('ec2:DescribeVpcs') },
      { name: 'read-buckets', document: allow('s3:ListBucket') },
    ],
  });
  const admin = { name: 'Admin', trust: trustAccount(draft.partition, hub), managedPolicies: [aws('AdministratorAccess')] };
  accountIn(draft, hub).roles.push({ ...admin, inlinePolicies: [] });
}

/** What a person writes before the first capture: what no account shows. */
export function starterFile({ hub, user, auditorRole, fixerRole }: KindsEstate, unit: string): string {
  return [
    'version: 1',
    'hub:',
    `  account: "${hub}"`,
    `  user: { name: ${user}, accessKeys: { max: 1, maxAgeDays: 90 } }`,
    `auditor: { roleName: AssumeRoleAuditor, trustedBy: "${auditorRole}" }`,
    `fixer: { roleName: AssumeRoleFixer, trustedBy: "${fixerRole}" }`,
    'organization:',
    `  include: [ ${unit} ]`,
    '',
  ].join('\n');
}

/** What a person adds to the captured file: what only describes is compared where it is stated. Throws if the file does not have the class of the sandboxes. */
export function describedFile(captured: string): string {
  const kind = '  sandbox: { path: /ddi/, ';
  if (!captured.includes(kind)) throw new Error(`The file has no class of the sandboxes:\n${captured}`);
  const { description, maxSessionDuration } = DESCRIBING;
  const stated = `maxSessionDuration: ${maxSessionDuration}, description: "${description}", tags: { env: sandbox }`;
  return captured.replace(kind, `${kind}${stated}, `);
}
