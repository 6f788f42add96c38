import { alike } from '../../text/alike.ts';
import { accountsOfTargets } from './accounts.ts';
import { namelessTexts, neutralizers } from './neutral-texts.ts';
import type { Report, ReportCall, ReportFinding } from './schema.ts';
import { affectedAccount } from './subject.ts';

/** Consecutive calls in one account, and in every account with the same calls. */
export interface PlanStep {
  readonly accounts: readonly [string, ...string[]];
  /** Those in the first account. */
  readonly calls: readonly StepCall[];
}

/** A call, and in the hub the same for other targets. */
export interface StepCall {
  readonly first: ReportCall;
  /** The accounts of the targets that it is for; where it is not for one each, the account of the call. */
  readonly roles: readonly string[];
}

type Run = readonly [ReportCall, ...ReportCall[]];

/**
 * The calls of a plan in their order. What is the same in many accounts is together: actions, what they set, and what for, but for each account's own id and
 * names.
 */
export function planSteps(report: Report, calls: readonly ReportCall[]): readonly PlanStep[] {
  const keys = callKeys(report);
  const isHub = (run: Run) => run[0].account === report.hub.account;
  const all = runs(calls).map((run, index) => ({ run, index }));
  const keyOf =
    (of: (call: ReportCall) => string) =>
    ({ run, index }: (typeof all)[number]) =>
      isHub(run) ? `hub ${index}` : JSON.stringify(run.map(of));
  return alike(all, keyOf(keys.own), keyOf(keys.nameless)).map(([[{ run }, ...same], ...others]) => ({
    accounts: [run[0].account, ...[...same, ...others.flat()].map((other) => other.run[0].account)],
    calls: isHub(run) ? hubCalls(run, keys) : run.map((call) => ({ first: call, roles: [call.account] })),
  }));
}

/** Consecutive calls in one account. */
function runs(calls: readonly ReportCall[]): readonly Run[] {
  const all: [ReportCall, ...ReportCall[]][] = [];
  for (const call of calls) {
    const last = all.at(-1);
    if (last?.[0].account === call.account) last.push(call);
    else all.push([call]);
  }
  return all;
}

function hubCalls(run: Run, keys: CallKeys): readonly StepCall[] {
  return alike(run, keys.own, keys.nameless).map((groups) => {
    const same = groups.flat();
    return { first: groups[0][0], roles: same.map(keys.roleAccount) };
  });
}

interface CallKeys {
  /** Equal for calls that are the same but for the account. */
  readonly own: (call: ReportCall) => string;
  /** Equal for calls that are the same but for the account and for names. */
  readonly nameless: (call: ReportCall) => string;
  /** The account of the one target that a call is for, else that of the call. */
  readonly roleAccount: (call: ReportCall) => string;
}

function callKeys(report: Report): CallKeys {
  const neutral = neutralizers(report);
  const unnamed = namelessTexts(report);
  const known = new Map(report.findings.map((finding) => [finding.id, finding]));
  const inAccounts = new Map(accountsOfTargets(report.targets).map(({ account, targets }) => [account, targets]));
  const findingsOf = (call: ReportCall): readonly ReportFinding[] => call.findings.flatMap((id) => known.get(id) ?? []);
  const roleAccount = (call: ReportCall) => {
    const accounts = new Set(findingsOf(call).map((finding) => affectedAccount(finding, report)));
    return accounts.size === 1 ? ([...accounts][0] ?? call.account) : call.account;
  };
  const own = (call: ReportCall) => {
    const { account, action, effect, purpose, condition, input } = call;
    const place = account === report.hub.account ? roleAccount(call) : account;
    // What is for several targets at once is the same as nothing else.
    const alone = place === report.hub.account ? call.findings : [];
    const labels = (inAccounts.get(place) ?? []).map(({ name }) => `${name ?? ''} (${place})`);
    const text = labels.reduce(
      (shown, label) => shown.replaceAll(label, place),
      JSON.stringify([action, effect, purpose, condition, input]),
    );
    return JSON.stringify([alone, neutral(place, text)]);
  };
  const nameless = (call: ReportCall) => {
    const [finding] = findingsOf(call);
    return finding === undefined ? own(call) : unnamed(finding)(own(call));
  };
  return { own, nameless, roleAccount };
}
