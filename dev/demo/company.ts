import { accountIn, type Estate, groupIn, roleIn, userIn } from '../aws/estate.ts';
import { assume, awsPolicy, trustAccount } from '../aws/guide.ts';

/**
 * A made-up company for the demo: a hub and twelve target accounts as its network engineers might find them on a Monday. Half of what people did there is
 * drift; the other half only looks like it.
 */

const HUB = '111111111111';
/** An account that does not belong to the company. */
const STRANGER = '999999999999';

/** An account that a pull request of the demo lets in. */
export const PARTNER = '888888888888';

/** A pull request adds it: the auditor role is already there, the rest is not. */
export const NEWCOMER = '222222222213';

export const ACCOUNTS = {
  production: '222222222201',
  staging: '222222222202',
  development: '222222222203',
  sandbox: '222222222204',
  backup: '222222222205',
  analytics: '222222222206',
  mail: '222222222207',
  web: '222222222208',
  edgeEurope: '222222222209',
  edgeAmerica: '222222222210',
  legacy: '222222222211',
  lab: '222222222212',
} as const;

/** Only accounts without drift in the first night have owners: to mention owners takes a comment, and GitHub demands pauses between comments. */
const OWNERS: Readonly<Record<string, string>> = {
  mail: '@acme/mail',
  web: '@acme/web',
  edgeEurope: '@acme/edge',
  edgeAmerica: '@acme/edge',
};

/** The file in the repository. The exception lasts until `expires` (`YYYY-MM-DD`). */
export function desiredFile(expires: string): string {
  const targets = Object.entries(ACCOUNTS).map(([name, account]) => {
    const owner = OWNERS[name] === undefined ? '' : `, owner: "${OWNERS[name]}"`;
    return `  - { account: "${account}", name: ${kebab(name)}${owner} }`;
  });
  return `version: 1
hub:
  account: "${HUB}"
  user:
    name: micetro
    accessKeys: { max: 1 }
  group: micetro-targets
targets:
${targets.join('\n')}
exceptions:
  - rule: role-policy-extra
    account: "${ACCOUNTS.mail}"
    resource: arn:aws:iam::aws:policy/ReadOnlyAccess
    owner: "@acme/mail"
    reason: inventory of the old mail servers
    expires: ${expires}
`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What people in the company have done since. */
export function driftCompany(draft: Estate): void {
  leaveOut(draft, NEWCOMER);
  widen(draft);
  breakThings(draft);
  tidyUp(draft);
}

/** Removes the grant and the role of an account that nobody has set up yet. */
function leaveOut(draft: Estate, id: string): void {
  const account = accountIn(draft, id);
  account.roles = account.roles.filter(({ name }) => name !== 'Micetro');
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(id));
}

function role(draft: Estate, account: string) {
  return roleIn(draft, account, 'Micetro');
}

function widen(draft: Estate): void {
  role(draft, ACCOUNTS.production).trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [`arn:aws:iam::${HUB}:root`, `arn:aws:iam::${STRANGER}:root`] },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  role(draft, ACCOUNTS.sandbox).managedPolicies.push(awsPolicy('aws', 'AdministratorAccess'));
  role(draft, ACCOUNTS.mail).managedPolicies.push(awsPolicy('aws', 'ReadOnlyAccess'));
  userIn(draft, HUB, 'micetro').accessKeys.push('Active');
}

function breakThings(draft: Estate): void {
  for (const account of [ACCOUNTS.staging, ACCOUNTS.development]) {
    const detached = awsPolicy('aws', 'AmazonEC2FullAccess');
    role(draft, account).managedPolicies = role(draft, account).managedPolicies.filter((arn) => arn !== detached);
  }
  const backup = accountIn(draft, ACCOUNTS.backup);
  backup.formerUsers.push('gone');
  role(draft, ACCOUNTS.backup).trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [`arn:aws:iam::${HUB}:root`, `arn:aws:iam::${ACCOUNTS.backup}:user/gone`] },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  // Somebody locked the auditor out.
  roleIn(draft, ACCOUNTS.analytics, 'AssumeRoleAuditor').trust = trustAccount('aws', ACCOUNTS.analytics);
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(ACCOUNTS.legacy));
}

/** Nothing of this is drift, except for one foreign ARN in the packed policy. */
function tidyUp(draft: Estate): void {
  const group = groupIn(draft, HUB, 'micetro-targets');
  for (const policy of group.inlinePolicies) {
    if (policy.name.includes(ACCOUNTS.web)) policy.name = 'grant-for-the-web-team';
  }
  const edges: readonly string[] = [ACCOUNTS.edgeEurope, ACCOUNTS.edgeAmerica];
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !edges.some((account) => name.includes(account)));
  group.inlinePolicies.push({ name: 'grants-edge', document: assume([...edges, STRANGER].map((id) => `arn:aws:iam::${id}:role/Micetro`)) });
  role(draft, ACCOUNTS.lab).trust = {
    Statement: { Principal: { AWS: [HUB] }, Action: ['sts:assumerole'], Effect: 'Allow', Sid: 'Tidied' },
    Version: '2012-10-17',
  };
}

/** What an audit has to find, and nothing else: `rule account access`. */
export const EXPECTED = [
  `hub-user-key-extra ${HUB} widened`,
  `grant-extra ${HUB} widened`,
  `trust-changed ${ACCOUNTS.production} widened`,
  `role-policy-extra ${ACCOUNTS.sandbox} widened`,
  `role-policy-extra ${ACCOUNTS.mail} widened`,
  `trust-orphaned ${ACCOUNTS.backup} changed`,
  `grant-missing ${ACCOUNTS.legacy} narrowed`,
  `role-policy-missing ${ACCOUNTS.staging} narrowed`,
  `role-policy-missing ${ACCOUNTS.development} narrowed`,
] as const;
