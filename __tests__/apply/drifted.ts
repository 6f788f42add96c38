import { driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import type { Estate } from '../../dev/aws/estate.ts';
import { type Guide, guideEstate } from '../../dev/aws/guide.ts';
import type { EmbeddedAws } from '../../dev/aws/server.ts';
import { type ApplyOptions, type ApplyResult, applyPlan } from '../../src/apply/apply-plan.ts';
import { Journal, type JournalEntry } from '../../src/apply/journal.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { findDrift } from '../../src/drift/drift.ts';
import { readAccountAgain, readHubAgain } from '../../src/live/read-again.ts';
import { type LiveRequest, readLive } from '../../src/live/read-live.ts';
import { readLiveProperty } from '../../src/live/read-property.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { planRollback } from '../../src/plan/rollback.ts';
import { Comparer } from '../../src/policy/index.ts';
import { changeToJson, type IamProperty, type PropertyValue } from '../../src/state/property.ts';
import type { Reading } from '../../src/state/reading.ts';
import { startLive } from '../live/hub.ts';
import { planOf } from '../plan/planning.ts';
import { TestClock } from '../test-clock.ts';

/** Repairs of drifted estates on the embedded AWS, in this process, so that a test can step in between any two calls. */

/** What a test changes of a run. */
export type Interference = Partial<Pick<ApplyOptions, 'cutOff' | 'verifyTimeout' | 'signal' | 'clock'>> & {
  /** Runs before each reading of one property; `nth` counts from 0. */
  readonly beforeReading?: (property: IamProperty, nth: number) => Promise<void>;
  /** Default: the calls as planned. */
  readonly calls?: readonly PlannedCall[];
};

export interface Applied extends ApplyResult {
  readonly entries: readonly JournalEntry[];
}

export interface Drifted extends AsyncDisposable {
  readonly aws: EmbeddedAws;
  readonly guide: Guide;
  /** The calls that a repair would make now, and what they are planned from. */
  plan(): Promise<{ readonly reading: Reading; readonly calls: readonly PlannedCall[] }>;
  /** Plans and makes them. */
  repair(interference?: Interference): Promise<Applied>;
  /** Plans and makes the calls that take back what the entries say. */
  rollback(entries: readonly JournalEntry[], interference?: Interference): Promise<Applied>;
  /** One property as it is now. */
  read(property: IamProperty): Promise<PropertyValue>;
}

/** Drifts of the catalogue by their names, for each target, the hub's among those of the last one: between them and their undoing nearly every kind of call is made. */
const DRIFTS = [
  [
    'everybody is trusted',
    'the role is an administrator',
    'the role has an inline policy',
    "the role's inline policy is another",
    "the role's boundary is another",
    'sessions last an hour',
    'a tag is gone',
    'a tag has a different value',
  ],
  ['the role is gone'],
  ['the grant has a condition', "the role's boundary is gone"],
  [
    'the grant names a second role',
    'a policy is detached',
    "the role's inline policy is gone",
    'the user is an administrator',
    "the user's inline policy allows more",
    'the user has an inline policy of its own',
    "the user's boundary is another",
    'the user is in a group of people',
    'somebody else is in the group',
    "the group's policy is detached",
    'the group has a managed policy',
    'the group has an inline policy that is no grant',
    "the group's inline policy allows less",
    'the group may assume a role that no target wants',
  ],
];

const GUIDE = { stated: 'everything', targets: DRIFTS.length, fixer: true } as const;

function edit(draft: Estate, guide: Guide): void {
  const catalogue = [...TARGET_DRIFTS, ...HUB_DRIFTS];
  for (const [index, names] of DRIFTS.entries()) {
    const scene = driftScene(draft, guide, guide.targets[index] ?? '');
    for (const name of names) catalogue.find((drift) => drift.name === name)?.edit(scene);
  }
}

export async function openDrifted(): Promise<Drifted> {
  const live = await startLive({ guide: GUIDE, edit: (draft) => edit(draft, guideEstate(GUIDE)) });
  const parsed = parseDesired(live.guide.desiredYaml, { path: 'assume-role.yml' });
  if ('errors' in parsed) throw new Error('The guide has no desired state');
  const { desired } = parsed;
  const access = await live.open();
  const request: LiveRequest = { desired: desired.state, auditor: desired.auditor, access, concurrency: 8 };
  const comparer = new Comparer();
  const plan = async () => {
    const reading = await readLive(request);
    const { findings } = findDrift(desired, reading, { at: new Date(), comparer });
    return { reading, calls: planOf(findings, desired, reading.state).calls };
  };
  const make = async (planned: Awaited<ReturnType<typeof plan>>, { beforeReading, ...interference }: Interference): Promise<Applied> => {
    const journal = new Journal(async () => undefined);
    let readings = 0;
    const result = await applyPlan({
      ...planned,
      reread: {
        hub: () => readHubAgain(request, planned.reading),
        account: (account) => readAccountAgain(request, planned.reading, account),
        property: async (property) => {
          readings += 1;
          await beforeReading?.(property, readings - 1);
          return readLiveProperty(request, property);
        },
      },
      cutOff: () => [],
      concurrency: 1,
      openFixer: () => live.open({ role: live.guide.fixerRole }),
      fixerRole: desired.fixer,
      journal,
      goesOn: false,
      verifyTimeout: 10_000,
      signal: new AbortController().signal,
      clock: new TestClock(),
      comparer,
      ...interference,
    });
    return { ...result, entries: journal.entries };
  };
  return {
    aws: live.aws,
    guide: live.guide,
    plan,
    repair: async (interference = {}) => make(await plan(), interference),
    rollback: async (entries, interference = {}) => {
      const reading = await readLive(request);
      const changes = entries.map(({ change, at, ...entry }) => ({ ...entry, ...changeToJson(change), at: at.toISOString() }));
      const limits = { scope: 'all', maxGrants: 1_000, maxRevocations: 1_000 } as const;
      const { calls } = planRollback({ changes, desired, reading, limits, own: [], comparer, at: new Date('2026-11-22T03:00:00Z') });
      return make({ reading, calls }, interference);
    },
    read: async (property) => {
      const reading = await readLiveProperty(request, property);
      if ('error' in reading) throw new Error(reading.error.message);
      return reading.value;
    },
    [Symbol.asyncDispose]: async () => {
      access.close();
      await live[Symbol.asyncDispose]();
    },
  };
}
