import { accountIn, type Estate, groupIn, roleIn } from '../aws/estate.ts';
import { assume } from '../aws/guide.ts';

/**
 * A made-up company for the demo: a hub and twelve target accounts as its network engineers might find them on a Monday. What is set up
 * here only looks like drift; `deeds.ts` has what people did then.
 */

export const HUB = '111111111111';
/** An account that does not belong to the company. */
export const STRANGER = '999999999999';

/** An account that a pull request of the demo lets in. */
export const PARTNER = '888888888888';

/** The inline policy of the hub group that grants two accounts at once. */
export const EDGE_GRANTS = 'grants-edge';

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

/** The company before anybody does anything. Nothing of this is drift. */
export function setUpCompany(draft: Estate): void {
  leaveOut(draft, NEWCOMER);
  const group = groupIn(draft, HUB, 'micetro-targets');
  for (const policy of group.inlinePolicies) {
    if (policy.name.includes(ACCOUNTS.web)) policy.name = 'grant-for-the-web-team';
  }
  const edges: readonly string[] = [ACCOUNTS.edgeEurope, ACCOUNTS.edgeAmerica];
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !edges.some((account) => name.includes(account)));
  group.inlinePolicies.push({ name: EDGE_GRANTS, document: assume(edges.map(roleArn)) });
  roleIn(draft, ACCOUNTS.lab, 'Micetro').trust = {
    Statement: { Principal: { AWS: [HUB] }, Action: ['sts:assumerole'], Effect: 'Allow', Sid: 'Tidied' },
    Version: '2012-10-17',
  };
}

/** Removes the grant and the role of an account that nobody has set up yet. */
function leaveOut(draft: Estate, id: string): void {
  const account = accountIn(draft, id);
  account.roles = account.roles.filter(({ name }) => name !== 'Micetro');
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(id));
}

export function roleArn(account: string): string {
  return `arn:aws:iam::${account}:role/Micetro`;
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
