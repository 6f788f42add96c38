import { changeEstate } from '../../dev/aws/change-estate.ts';
import { type Actor, THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import { accountIn, type Estate, withDrift } from '../../dev/aws/estate.ts';
import { type Attributed, type Attribution, attribute } from '../../src/attribution/attribution.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { findDrift } from '../../src/drift/drift.ts';
import type { Finding } from '../../src/drift/finding.ts';
import { readLive } from '../../src/live/read-live.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { Desired } from '../../src/state/desired.ts';
import { type Live, type LiveOptions, startLive } from '../live/hub.ts';
import { TestClock } from '../test-clock.ts';

/** An estate in which people make changes, and what is found out about them. */

export const JOAN: Actor = { who: { kind: 'user', name: 'joan' }, through: THROUGH.console };
export const DEPLOYER: Actor = { who: { kind: 'role', name: 'deployer', session: 'max@example.com' }, through: THROUGH.cli };
export const STACK: Actor = { who: { kind: 'role', name: 'stacks', session: 'AWSCloudFormation' }, through: THROUGH.cloudFormation };
export const ACTORS = [JOAN, DEPLOYER, STACK] as const;

export interface Changed extends AsyncDisposable {
  readonly live: Live;
  /** Somebody changes what is there, this many minutes ago. */
  change(actor: Actor, minutesAgo: number, edit: (draft: Estate) => void): Promise<void>;
  /** Somebody writes the hub group's inline policies again, as they are. */
  rewriteGrants(actor: Actor, minutesAgo: number): void;
  /** Audits, and looks up who did it. */
  audit(): Promise<Audited>;
}

export interface Audited extends Attribution {
  readonly drift: readonly Finding[];
  /** The only finding of a rule, in an account. */
  of(rule: string, account?: string): Attributed & { readonly finding: Finding };
}

const MINUTE = 60_000;

/** @param file the desired-state file, made of the guide's */
export async function startChanged({ edit, ...options }: LiveOptions = {}, file = (yaml: string) => yaml): Promise<Changed> {
  const live = await startLive({ ...options, ...(edit === undefined ? {} : { edit }) });
  const parsed = parseDesired(file(live.guide.desiredYaml), { path: 'file.yml' });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  let estate = withDrift(live.guide.estate, edit ?? (() => undefined));
  return {
    live,
    async change(actor, minutesAgo, next) {
      const changed = withDrift(estate, next);
      await changeEstate(live.aws, estate, changed, actor, { at: Date.now() - minutesAgo * MINUTE });
      estate = changed;
    },
    rewriteGrants(actor, minutesAgo) {
      const acting = live.aws.account(live.guide.hub).as(actor, { at: Date.now() - minutesAgo * MINUTE });
      for (const { name: GroupName, inlinePolicies } of accountIn(estate, live.guide.hub).groups) {
        for (const { name: PolicyName, document } of inlinePolicies) {
          acting.call('PutGroupPolicy', { GroupName, PolicyName, PolicyDocument: JSON.stringify(document) });
        }
      }
    },
    audit: () => audit(live, parsed.desired),
    [Symbol.asyncDispose]: () => live[Symbol.asyncDispose](),
  };
}

async function audit(live: Live, desired: Desired): Promise<Audited> {
  const access = await live.open();
  try {
    const reading = await readLive({ desired: desired.state, auditor: desired.auditor, access, concurrency: 8 });
    const { findings: drift } = findDrift(desired, reading, { at: new Date(), comparer: new Comparer() });
    const request = { findings: drift, desired, reading, access, fixerRole: live.guide.fixerRole, concurrency: 8 };
    const regions = { home: 'us-east-1', own: 'us-east-1' };
    const found = await attribute({ ...request, regions, clock: new TestClock(), signal: new AbortController().signal });
    const of = (rule: string, account?: string) => {
      const some = drift.filter((finding) => finding.rule === rule && finding.account === (account ?? finding.account));
      const [finding] = some;
      const attributed = found.findings.get(finding?.id ?? '');
      if (finding === undefined || attributed === undefined || some.length > 1) throw new Error(`${some.length} findings of ${rule}`);
      return { ...attributed, finding };
    };
    return { ...found, drift, of };
  } finally {
    access.close();
  }
}
