import type { AwsAccess } from '../aws/access.ts';
import type { Finding } from '../drift/finding.ts';
import { nameOf } from '../iam/arn.ts';
import { type AccountReader, hubReader } from '../live/account-reader.ts';
import { targetReader } from '../live/read-account.ts';
import { Comparer } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { ReadError, Reading } from '../state/reading.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { type Cause, causeOf, notLookedUp } from './cause.ts';
import { EventDocuments } from './documents.ts';
import { Histories, merged } from './histories.ts';
import { keyUseOf } from './key-use.ts';
import { attributionNotes, whyNotRead } from './notes.ts';
import { readUses } from './read-uses.ts';
import type { Regions } from './regions.ts';
import type { Trace } from './trace.ts';
import { type TraceScene, tracesOf } from './traces.ts';
import type { Use } from './use.ts';

export interface AttributionRequest {
  readonly findings: readonly Finding[];
  readonly desired: Desired;
  readonly reading: Reading;
  /** Left open for the caller. */
  readonly access: AwsAccess;
  /** ARN of the hub role by which repairs write, if there is one. */
  readonly fixerRole: string | undefined;
  readonly regions: Regions;
  /** Maximum number of accounts in flight. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Until when may be looked up. */
  readonly deadline: Deadline;
}

/** Who changed what drifted, and whether it was used. */
export interface Attribution {
  /** By the finding's id. */
  readonly findings: ReadonlyMap<string, Attributed>;
  /** Look-ups that failed. Nothing is unreadable for them. */
  readonly errors: readonly ReadError[];
  readonly notes: readonly string[];
}

export interface Attributed {
  readonly cause: Cause;
  readonly use: Use | null;
}

/**
 * Looks up in CloudTrail who changed what the findings are about, when, and whether it was used: one chain of pages for the changes of a user, group, role or
 * policy, and one for the use of a role. It does not fail, whatever AWS answers.
 */
export async function attribute(request: AttributionRequest): Promise<Attribution> {
  const { findings, desired, reading, access } = request;
  const histories = new Histories(readers(request), request);
  const scene: TraceScene = {
    desired: desired.state,
    live: reading.state,
    documents: new EventDocuments(reading.state.partition),
    comparer: new Comparer(),
  };
  const causes = await Promise.all(findings.map((finding) => readCause(finding, scene, histories, request)));
  const caused = findings.map((finding, index) => ({ finding, cause: causes[index] ?? notLookedUp('') }));
  const uses = await readUses(caused, scene, histories, request);
  const keyReader = hubReader(access);
  const attributed = caused.map(async ({ finding, cause }): Promise<readonly [string, Attributed]> => {
    const use = uses.get(finding) ?? (await keyUseOf(finding, reading.state, keyReader));
    return [finding.id, { cause, use }];
  });
  const { errors } = histories;
  return { findings: new Map(await Promise.all(attributed)), errors, notes: attributionNotes(errors) };
}

/** Readers that keep their errors: a look-up that fails makes nothing unreadable. */
function readers({ access, desired }: AttributionRequest): (account: string) => AccountReader {
  return (account) => (account === desired.state.hub.account ? hubReader(access) : targetReader(access, desired.auditor, account));
}

async function readCause({ difference }: Finding, scene: TraceScene, histories: Histories, request: AttributionRequest): Promise<Cause> {
  const traces = tracesOf(difference, scene);
  if ('reason' in traces) return notLookedUp(traces.reason);
  let best: Cause | undefined;
  for (const trace of traces) {
    const cause = await causeByTrace(trace, histories, request);
    if (best === undefined || rank(cause) > rank(best)) best = cause;
    if (cause.match === 'exact') break;
  }
  return best ?? notLookedUp('');
}

async function causeByTrace(trace: Trace, histories: Histories, { desired, fixerRole, regions }: AttributionRequest): Promise<Cause> {
  const read = await Promise.all(trace.names.map((name) => histories.look({ account: trace.account, region: regions.home, name })));
  const found = read.flatMap((one) => ('failed' in one ? [] : [one]));
  const failed = read.flatMap((one) => ('failed' in one ? [one.failed] : []));
  if (failed[0] !== undefined) return notLookedUp(whyNotRead(failed[0]));
  return causeOf(trace, merged(found), [desired.fixer.roleName, ...(fixerRole === undefined ? [] : [nameOf(fixerRole)])]);
}

function rank({ match }: Cause): number {
  return ['not-looked-up', 'unknown', 'likely', 'exact'].indexOf(match);
}
