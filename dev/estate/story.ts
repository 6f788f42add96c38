import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../src/text/compare-text.ts';
import { changeEstateAt } from '../aws/change-estate.ts';
import { accountIn, type Estate, userIn, withDrift } from '../aws/estate.ts';
import { canonical, readEstate } from '../aws/read.ts';
import { seedEstate } from '../aws/seed.ts';
import type { EstateDrift } from './drifts.ts';
import { grantDrifts } from './grant-drifts.ts';
import { hubDrifts } from './hub-drifts.ts';
import { describedFile, type LargeEstate, largeEstate, starterFile } from './large-estate.ts';
import { type Moved, organizationDrifts } from './organization-drifts.ts';
import type { Place } from './place.ts';
import { FILE, type Outcome, type Run, runnerIn } from './runner.ts';
import { targetDrifts } from './target-drifts.ts';
import { unlike } from './unlike.ts';

/** What a step is to bring about, and what it brought about: lists of lines, to be equal. */
interface Told {
  /** For a person. */
  readonly detail: string;
  readonly expected: readonly string[];
  readonly found: readonly string[];
}

export interface Step extends Told {
  readonly name: string;
  readonly seconds: number;
  /** Made to AWS. */
  readonly requests: number;
}

/** What the captured file may have beside a line for each role: so that of 300 accounts, forty of them with two roles, has less than 400 lines. */
const MORE_LINES = 60;

/** The drifts that a place can hold, but for those of the organization. */
export function driftsOf(estate: LargeEstate, { embedded }: Pick<Place, 'embedded'>): readonly EstateDrift[] {
  const all = [...hubDrifts(estate), ...grantDrifts(estate), ...targetDrifts(estate)];
  return all.filter(({ onMoto = true }) => onMoto || embedded !== undefined);
}

/**
 * A large estate from its first capture to a clean audit, by the shipped bundle: captured, audited, drifted in every way, audited, repaired, fixed by hand where
 * no repair can, and brought in line with its organization by a second capture.
 *
 * @param workspace a folder, empty
 */
export async function* estateStory(place: Place, workspace: string): AsyncGenerator<Step> {
  const step = (name: string, work: () => Promise<Told>) => measured(place, name, work);
  const estate = largeEstate(place);
  const drifts = driftsOf(estate, place);
  const file = join(workspace, FILE);
  let run: Run = () => Promise.reject(new Error('Nothing is seeded'));

  yield await step('seed', async () => {
    const seeded = await seedEstate(place.url, estate.estate);
    run = runnerIn(workspace, place, estate, seeded.key(estate.hub, estate.workflowUser));
    return { detail: `${estate.roles.length} roles in ${place.members.length} of ${place.size} accounts`, expected: [], found: [] };
  });

  yield await step('capture', async () => {
    await writeFile(file, starterFile(estate, place.unit));
    const outcome = await run({ mode: 'capture', overwrite: 'true' });
    const captured = await readFile(file, 'utf8');
    await writeFile(file, describedFile(captured));
    const lines = captured.split('\n').length - 1;
    const isShort = lines < estate.roles.length + MORE_LINES;
    const { expected, found } = foundBy(outcome, ['exit 0']);
    return {
      expected: [...expected, 'a short file'],
      found: [...found, isShort ? 'a short file' : `${lines} lines`],
      detail: `a file of ${lines} lines`,
    };
  });

  yield await step('audit', async () => audit(await run({}), ['exit 0']));

  let moved: Moved | undefined;
  const drifted = withDrift(estate.estate, (draft) => applyAll(drifts, draft));
  yield await step('drift', async () => {
    place.embedded?.account(estate.hub).dateAccessKeys(estate.user, '2020-01-01T00:00:00Z');
    await changeEstateAt(place.url, estate.estate, drifted);
    moved = await organizationDrifts(place, estate);
    await seedEstate(place.url, { ...estate.estate, accounts: [moved.account] });
    const finds = [...drifts, ...moved.drifts].flatMap((drift) => drift.finds);
    return {
      detail: `${drifts.length + moved.drifts.length} changes, of which ${finds.length} findings are to come`,
      expected: [],
      found: [],
    };
  });
  if (moved === undefined) return;
  const { account: added, suspended, left } = moved;
  const all = [...drifts, ...moved.drifts];
  const unread = place.embedded === undefined ? [] : [`unreadable ${suspended}`];
  const byPeople = all.filter(({ fixedBy }) => fixedBy === 'people');

  yield await step('audit', async () => audit(await run({}), ['exit 1', ...unread, ...findsOf(all)]));

  yield await step('repair', async () => {
    const outcome = await run(repairing(estate));
    const left = new Set(byPeople);
    const expected = all.flatMap((drift) => drift.finds.map((find) => `${find} ${left.has(drift) ? 'none' : 'verified'}`));
    return repaired(outcome, ['exit 1', ...unread, ...expected]);
  });

  yield await step('audit', async () => audit(await run({}), ['exit 1', ...unread, ...findsOf(byPeople)]));

  yield await step('by hand', async () => {
    const here = drifts.filter(({ fixedBy }) => fixedBy === 'people');
    const open = withDrift(estate.estate, (draft) => applyAll(here, draft));
    await changeEstateAt(
      place.url,
      open,
      withDrift(estate.estate, (draft) => switchOff(draft, estate)),
    );
    place.embedded?.account(estate.hub).dateAccessKeys(estate.user, new Date().toISOString());
    const names = findsOf(here).length;
    return { detail: `${names} findings`, expected: [], found: [] };
  });

  yield await step('read without the action', async () => {
    const accounts = [estate.hub, ...estate.targets];
    const fixed = withDrift(estate.estate, (draft) => {
      applyAll(
        drifts.filter(({ finds }) => finds.length === 0),
        draft,
      );
      switchOff(draft, estate);
      leaveBehind(draft, drifted, estate);
    });
    const expected = canonical(accounts.map((id) => accountIn(fixed, id)));
    return { detail: `${accounts.length} accounts`, expected: [], found: unlike(await readEstate(place.url, accounts), expected) };
  });

  yield await step('capture', async () => {
    const before = (await readFile(file, 'utf8')).split('\n');
    const outcome = await run({ mode: 'capture', overwrite: 'true' });
    const after = (await readFile(file, 'utf8')).split('\n');
    const removed = before.filter((line) => !after.includes(line)).map((line) => `removed ${line}`);
    const lines = [...after.filter((line) => !before.includes(line)), ...removed];
    const expected = [`  - { account: "${added.id}", class: sandbox }`];
    return {
      detail: `proposes ${lines.length} line`,
      expected: [`exit ${unread.length}`, ...expected],
      found: [`exit ${outcome.step.exitCode}`, ...lines],
    };
  });

  yield await step('repair', async () => {
    const text = await readFile(file, 'utf8');
    const isGone = (line: string) => line.includes(suspended) || line.includes(left);
    await writeFile(
      file,
      text
        .split('\n')
        .filter((line) => !isGone(line))
        .join('\n'),
    );
    const grants = [`grant-indirect none ${added.id}`, ...[suspended, left].map(() => `grant-extra widened ${estate.hub}`)];
    return repaired(await run(repairing(estate)), ['exit 0', ...grants.map((find) => `${find} verified`)]);
  });

  yield await step('audit', async () => audit(await run({}), ['exit 0']));
}

async function measured(place: Place, name: string, work: () => Promise<Told>): Promise<Step> {
  const [startedAt, before] = [performance.now(), place.requests()];
  const told = await work();
  return { name, seconds: (performance.now() - startedAt) / 1_000, requests: place.requests() - before, ...told };
}

/** A repair with room for all of it. */
function repairing({ fixerRole }: LargeEstate): Readonly<Record<string, string>> {
  return { fix: 'true', 'fixer-role': fixerRole, 'max-grants': '2000', 'max-revocations': '2000', 'verify-timeout': '60' };
}

function applyAll(drifts: readonly EstateDrift[], draft: Estate): void {
  for (const { edit } of drifts) edit?.(draft);
}

/** A key that leaked is switched off before it is deleted. */
function switchOff(draft: Estate, { hub, user }: LargeEstate): void {
  userIn(draft, hub, user).credentials = [{ kind: 'ssh-public-key', status: 'Inactive' }];
}

/** The user and the group that people made, which no repair deletes. */
function leaveBehind(draft: Estate, drifted: Estate, { hub }: LargeEstate): void {
  const [fixed, open] = [accountIn(draft, hub), accountIn(drifted, hub)];
  const isMade = ({ name }: { readonly name: string }) => name === 'mallory' || name === 'dns-admins';
  fixed.users.push(...open.users.filter(isMade));
  fixed.groups.push(...open.groups.filter(isMade).map((group) => ({ ...group, members: [] })));
}

function findsOf(drifts: readonly EstateDrift[]): string[] {
  return drifts.flatMap(({ finds }) => finds);
}

function foundBy(
  { step, report }: Outcome,
  expected: readonly string[],
  more: (finding: Outcome['report']['findings'][number]) => string = () => '',
) {
  const findings = report.findings.map((finding) => `${finding.rule} ${finding.access} ${finding.account}${more(finding)}`);
  const unread = report.targets.filter(({ status }) => status === 'unreadable').map(({ account }) => `unreadable ${account}`);
  const found = [`exit ${step.exitCode}`, ...new Set(unread), ...findings];
  return { expected: expected.toSorted(compareText), found: found.toSorted(compareText) };
}

function audit(outcome: Outcome, expected: readonly string[]): Told {
  const { findings, connections, clean } = outcome.report.summary;
  return { ...foundBy(outcome, expected), detail: `${findings} findings, ${clean} accounts clean, ${connections.works} connections work` };
}

function repaired(outcome: Outcome, expected: readonly string[]): Told {
  const { findings, changes } = outcome.report;
  const verified = findings.filter(({ fix }) => fix.status === 'verified').length;
  const detail = `${verified} of ${findings.length} findings repaired and verified, in ${changes.length} calls`;
  return { ...foundBy(outcome, expected, ({ fix }) => ` ${fix.status}`), detail };
}
