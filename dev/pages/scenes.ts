import { type Document, type Estate, groupIn, roleIn, userIn } from '../aws/estate.ts';
import { awsPolicy, type Guide, type GuideOptions } from '../aws/guide.ts';

/** An estate whose reports are worth looking at, from nothing to tell to a total outage. */
export interface PageScene {
  readonly name: string;
  readonly guide: GuideOptions;
  readonly edit: (draft: Estate, guide: Guide) => void;
}

const STRANGER = '999999999999';

const trusting = (...principals: string[]): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' }],
});

/** What happens to a target's role in some scenes, in turn; each is one finding. */
const HABITS: readonly ((draft: Estate, guide: Guide, account: string) => void)[] = [
  (draft, _guide, account) => {
    roleIn(draft, account, 'Micetro').managedPolicies.push(awsPolicy('aws', 'ReadOnlyAccess'));
  },
  (draft, _guide, account) => {
    roleIn(draft, account, 'Micetro').managedPolicies = [awsPolicy('aws', 'AmazonRoute53FullAccess')];
  },
  (draft, guide, account) => {
    roleIn(draft, account, 'Micetro').trust = trusting(`arn:aws:iam::${guide.hub}:user/micetro`);
  },
  (draft, guide, account) => {
    const group = groupIn(draft, guide.hub, guide.groups[0] ?? '');
    group.inlinePolicies = group.inlinePolicies.filter(({ document }) => !JSON.stringify(document).includes(account));
  },
  (draft, _guide, account) => {
    const Statement = [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }];
    roleIn(draft, account, 'Micetro').inlinePolicies.push({
      name: `debug-${account.slice(-3)}`,
      document: { Version: '2012-10-17', Statement },
    });
  },
];

function habitually(draft: Estate, guide: Guide, accounts: readonly string[]): void {
  for (const [index, account] of accounts.entries()) HABITS[index % HABITS.length]?.(draft, guide, account);
}

/** The four that a reader must see first, in the last targets: everybody, another account, an administrator; and a group of the hub user. */
function worst(draft: Estate, guide: Guide): void {
  const [everybody = '', foreign = '', administrator = ''] = guide.targets.slice(-3);
  const root = `arn:aws:iam::${guide.hub}:root`;
  roleIn(draft, everybody, 'Micetro').trust = trusting('*');
  roleIn(draft, foreign, 'Micetro').trust = trusting(root, `arn:aws:iam::${STRANGER}:root`);
  roleIn(draft, administrator, 'Micetro').managedPolicies.push(awsPolicy('aws', 'AdministratorAccess'));
  userIn(draft, guide.hub, guide.user).inlinePolicies.push({
    name: 'look',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] },
  });
}

/** One group of the hub is gone, or all of them: nobody reaches anything through it. */
function outage(draft: Estate, guide: Guide): void {
  const hub = draft.accounts.find(({ id }) => id === guide.hub);
  if (hub !== undefined) hub.groups = [];
}

export const PAGE_SCENES: readonly PageScene[] = [
  { name: '0', guide: { targets: 20 }, edit: () => undefined },
  {
    name: '1',
    guide: { targets: 20 },
    edit: (draft, guide) => {
      roleIn(draft, guide.targets[6] ?? '', 'Micetro').trust = trusting('*');
    },
  },
  {
    name: '30',
    guide: { targets: 33 },
    edit: (draft, guide) => {
      habitually(draft, guide, guide.targets.slice(0, 26));
      worst(draft, guide);
    },
  },
  {
    name: '400',
    guide: { targets: 420 },
    edit: (draft, guide) => {
      habitually(draft, guide, guide.targets.slice(0, 396));
      worst(draft, guide);
    },
  },
  { name: 'outage', guide: { targets: 20 }, edit: outage },
];

/** The targets with a name and an owner each, as in a file that people keep: the first twenty or so are named after what they are for. */
export function namedFile(guide: Guide): string {
  const names = ['production', 'staging', 'sandbox', 'payments', 'search', 'mail', 'archive', 'build'];
  const targets = guide.targets.map((account, index) => {
    const name = `${names[index % names.length] ?? ''}-${Math.floor(index / names.length) + 1}`;
    return `  - { account: "${account}", name: ${name}, owner: "@acme/ddi" }\n`;
  });
  return `${guide.desiredYaml.slice(0, guide.desiredYaml.indexOf('targets:\n'))}targets:\n${targets.join('')}`;
}
