import { describe, expect, test } from '@jest/globals';
import { sameContent } from '../../src/apply/same-content.ts';
import { WRITE_ACTIONS } from '../../src/apply/writes.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { type IamProperty, type PropertyValue, propertyKey } from '../../src/state/property.ts';
import { turns } from '../runs.ts';
import { writeAsColleague } from './colleague.ts';
import { type Applied, type Drifted, type Interference, openDrifted } from './drifted.ts';

/** What others write, and what is lost, between any two calls of a rollback and while a call waits. The sweeps of the bundle do the same to a repair. */

type Run = (drifted: Drifted, interference?: Interference) => Promise<Applied>;

async function rollbackOf(repaired: Drifted): Promise<Run> {
  const { entries } = await repaired.repair();
  return (drifted, interference) => drifted.rollback(entries, interference);
}

const WRITES = WRITE_ACTIONS.map((action) => action.slice('iam:'.length));

/** Those that replace or delete something. */
function isChecked({ action }: Pick<PlannedCall, 'action'>): boolean {
  return !/^iam:(Create|Attach|AddUserToGroup)/.test(action);
}

/** What a colleague wrote instead of what was read. */
interface Theirs {
  readonly property: IamProperty;
  readonly value: PropertyValue;
}

/**
 * The run, with a colleague who writes just before the n-th reading.
 *
 * @param edits `slightly`: what they write says the same, where there is a document
 */
async function interfered(drifted: Drifted, run: Run, n: number, edits: 'slightly' | 'wholly') {
  let theirs: Theirs | undefined;
  const applied = await run(drifted, {
    beforeReading: async (property, nth) => {
      if (nth !== n) return;
      writeAsColleague(drifted.aws, property, edits === 'slightly' ? await drifted.read(property) : null);
      theirs = { property, value: await drifted.read(property) };
    },
  });
  if (theirs === undefined) throw new Error(`there is no reading ${n}`);
  const { property, value } = theirs;
  const isIt = ({ change }: Pick<PlannedCall, 'change'>) => propertyKey(change.property) === propertyKey(property);
  return { ...applied, ...theirs, isIt, isKept: sameContent(await drifted.read(property), value) };
}

/** Number of readings of a run in which nothing happens, each for one call. */
async function readingsOfRollback(): Promise<number> {
  await using drifted = await openDrifted();
  const run = await rollbackOf(drifted);
  let readings = 0;
  const beforeReading = async () => {
    readings += 1;
  };
  const { outcomes } = await run(drifted, { beforeReading });
  expect([...outcomes].filter(([, { kind }]) => kind !== 'made')).toEqual([]);
  expect([...outcomes.keys()].filter(isChecked)).toHaveLength(readings);
  return readings;
}

describe('a rollback', () => {
  test('a colleague writes before each reading in turn: what they wrote stays', async () => {
    const readings = await readingsOfRollback();
    expect(readings).toBeGreaterThanOrEqual(15);
    for (const n of turns([...Array(readings).keys()])) {
      await using drifted = await openDrifted();
      const { outcomes, entries, property, value, isIt, isKept } = await interfered(drifted, await rollbackOf(drifted), n, 'slightly');
      const [call] = [...outcomes.keys()].filter((other) => isIt(other) && outcomes.get(other)?.kind === 'not-made');
      const outcome = call && outcomes.get(call);
      expect([n, isKept, outcome?.reason]).toEqual([n, true, expect.stringMatching(/changed since it was read.*Run again/)]);
      expect(sameContent(outcome?.found, value)).toBe(true);
      expect(entries.filter(isIt)).toEqual([]);
      // Nothing more is written there, and the other accounts go on.
      const there = [...outcomes]
        .slice(call && [...outcomes.keys()].indexOf(call))
        .filter(([other]) => other.account === property.of.account)
        .map(([, { kind }]) => kind);
      expect(new Set(there)).toEqual(new Set(['not-made']));
      const targets = [...outcomes].filter(([other]) => other.phase === 'targets' && other.account !== property.of.account);
      expect(new Set(targets.map(([, { kind }]) => kind))).toEqual(new Set(['made']));
    }
  }, 300_000);

  test('each answer is lost in turn: told as made, and made once', async () => {
    await using reference = await openDrifted();
    const expected = await (await rollbackOf(reference))(reference);
    const after = await Promise.all([...expected.outcomes.keys()].map(({ change }) => reference.read(change.property)));
    for (const n of turns([...expected.entries.keys()])) {
      await using drifted = await openDrifted();
      const run = await rollbackOf(drifted);
      drifted.aws.faults.set([{ service: 'iam', action: WRITES, after: n, times: 1, effect: 'lost-reply' }]);
      const { outcomes, seen, entries } = await run(drifted);
      expect([n, [...outcomes].filter(([, { kind }]) => kind !== 'made')]).toEqual([n, []]);
      expect([seen.size, entries.length]).toEqual([outcomes.size, expected.entries.length]);
      const now = await Promise.all([...outcomes.keys()].map(({ change }) => drifted.read(change.property)));
      expect(sameContent(now, after)).toBe(true);
    }
  }, 300_000);
});

test.each([
  // The write had no effect, and there is nothing to undo.
  ['is throttled', { effect: 'throttling' }, 'not-made'],
  // It may have taken effect before the colleague wrote.
  ['got no answer', { effect: 'lost-reply' }, 'uncertain'],
] as const)(
  'a colleague writes while a call waits that %s: what they wrote stays',
  async (_why, fault, kind) => {
    await using reference = await openDrifted();
    const { entries: all } = await reference.repair();
    // Who attaches again what was detached leaves what was planned from.
    const waiting = [...all.entries()].filter(([, { action }]) => /^iam:(Put|Update|Tag|Delete\w+Policy)/.test(action));
    for (const [n, { change }] of turns(waiting)) {
      await using drifted = await openDrifted();
      drifted.aws.faults.set([{ ...fault, service: 'iam', action: WRITES, after: n, times: 1 }]);
      const second = all.slice(0, n + 1).filter((other) => isChecked(other)).length;
      const { outcomes, entries, isIt, isKept } = await interfered(
        drifted,
        (it, interference) => it.repair(interference),
        second,
        'wholly',
      );
      const made = [...outcomes].filter(([call]) => isIt(call)).map(([, outcome]) => outcome.kind);
      expect([n, change.property, isKept, made.at(-1)]).toEqual([n, change.property, true, kind]);
      expect(entries.filter(isIt).map(({ outcome }) => outcome)).toEqual(kind === 'uncertain' ? ['unverified'] : []);
    }
  },
  300_000,
);
