import { groupIn, roleIn } from '../../dev/aws/estate.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { GROUP, HUB, managed, trust } from './target-cases.ts';

/** The accounts that the pull request of these tests is about: two are new in it, two have drifted. */
export const ACCOUNTS = {
  /** `ReadOnlyAccess` was attached by hand; the change takes it into the file. */
  known: '200000000001',
  /** Trusts a stranger. */
  drifted: '200000000002',
  /** Its trust is to be widened from the hub user to the hub account. */
  opened: '200000000003',
  /** Is to lose `AmazonEC2FullAccess`. */
  dropped: '200000000004',
  new: '200000000005',
  alsoNew: '200000000006',
} as const;

const HEAD = `version: 1
hub:
  account: "${HUB}"
  user: micetro
  group: ${GROUP}
targets:
`;
const before = (account: string) => `  - "${account}"\n`;

/** The file at the base commit: four targets. */
export const BASE_FILE =
  HEAD +
  before(ACCOUNTS.known) +
  before(ACCOUNTS.drifted) +
  `  - { account: "${ACCOUNTS.opened}", trust: hub-user }\n` +
  before(ACCOUNTS.dropped);

/** The file of the pull request. */
export const HEAD_FILE =
  HEAD +
  `  - { account: "${ACCOUNTS.known}", managedPolicies: [AmazonRoute53FullAccess, AmazonEC2FullAccess, ReadOnlyAccess] }\n` +
  before(ACCOUNTS.drifted) +
  before(ACCOUNTS.opened) +
  `  - { account: "${ACCOUNTS.dropped}", managedPolicies: [AmazonRoute53FullAccess] }\n` +
  before(ACCOUNTS.new) +
  before(ACCOUNTS.alsoNew);

/**
 * The live accounts, with the head's file checked out.
 *
 * @param open opens a scene for the bundle, or in process
 */
export function openReviewed(open: (options: SceneOptions) => Promise<Scene>, endpoint?: string): Promise<Scene> {
  return open({
    guide: { targets: Object.values(ACCOUNTS) },
    ...(endpoint === undefined ? {} : { endpoint }),
    file: HEAD_FILE,
    edit: (draft) => {
      roleIn(draft, ACCOUNTS.known, 'Micetro').managedPolicies.push(managed('ReadOnlyAccess'));
      roleIn(draft, ACCOUNTS.drifted, 'Micetro').trust = trust({ AWS: ['arn:aws:iam::999999999999:root', `arn:aws:iam::${HUB}:root`] });
      roleIn(draft, ACCOUNTS.opened, 'Micetro').trust = trust({ AWS: `arn:aws:iam::${HUB}:user/micetro` });
      const group = groupIn(draft, HUB, GROUP);
      const added: readonly string[] = [ACCOUNTS.new, ACCOUNTS.alsoNew];
      group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !added.some((account) => name.includes(account)));
    },
  });
}

export async function reportOf(scene: Scene): Promise<ReportFile> {
  return reportSchema.parse(await scene.report());
}

/** The parts of a page by their titles; what is before the first is the head. */
export function partsOf(page: string): ReadonlyMap<string, string> {
  const [head = '', ...parts] = page.split(/^##+ (?!What this change to)/m);
  return new Map([
    ['head', head],
    ...parts.map((part): [string, string] => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)];
    }),
  ]);
}
