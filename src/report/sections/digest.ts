import { isUrgent, placeOf } from '../../state/rules.ts';
import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { unreadAccounts } from '../model/accounts.ts';
import { isIncomplete, organizationErrors, readErrors } from '../model/completeness.ts';
import { type Fold, fold } from '../model/fold.ts';
import type { IssueDiff } from '../model/issue-diff.ts';
import { isOpen, worstFirst } from '../model/order.ts';
import { reachOf } from '../model/reach.ts';
import { remedyOf } from '../model/rule-texts.ts';
import type { Report, ReportFinding, ReportTarget } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { titleOfFold, titleWithPlace } from './finding-title.ts';
import { code, plain, plainSentence } from './markdown.ts';

/** Names in a line: as many as are read at a glance. */
const MOST = 3;
const MAX_TEXT = 600;

/**
 * What somebody who is woken up has to know, a line each: is anybody locked out, did anybody get more access, what is new, what could not be read, what to do
 * first. At most seven lines of Markdown; empty for a report that compared nothing.
 *
 * @param diff against what the issue remembers, where there is one
 */
export function digest(report: Report, diff?: Pick<IssueDiff, 'new' | 'gone' | 'recount'>): string {
  if (report.summary.expected === 0) return '';
  const open = worstFirst(report, isOpen);
  const lines = [
    lockedOutLine(report, open),
    moreAccessLine(report, open),
    ...unreadLine(report),
    ...(diff === undefined ? [] : newsLine(report, diff)),
    ...firstStepLine(report, open),
    ...repairLine(report, open),
  ];
  return `${lines.map((line) => `- ${line}\n`).join('')}`;
}

function lockedOutLine(report: Report, open: readonly ReportFinding[]): string {
  const { works, broken, unknown, all } = reachOf(report);
  const doubt = unknown === 0 ? '' : ` For ${plural(unknown, 'target')}, this is unknown.`;
  if (broken === 0) return works === 0 ? `**Locked out:** unknown.` : `**Locked out:** nobody, as far as could be read.${doubt}`;
  const targets = report.targets.filter(({ connection }) => connection === 'broken');
  const whose = broken === all && all > MOST ? '' : `: ${listed(targets, nameOf(report), MOST)}`;
  const why = open.filter((finding) => mayLockOut(finding, report));
  const causes = why.length === 0 ? '' : ` In the hub: ${titles(fold(why, report), report, 2)}.`;
  return `🚫 **Locked out:** the hub user cannot reach, or cannot work in, **${broken.toLocaleString('en-US')} of ${plural(all, 'target')}**${whose}.${causes}${doubt}`;
}

/** Of the hub, and not of its role where it is a target too. The quarantine does not deny sts:AssumeRole, and a grant is no policy that can be missing. */
function mayLockOut(finding: ReportFinding, { hub }: Report): boolean {
  const { account, access, rule } = finding;
  const isOfHub = account === hub.account && placeOf(finding, hub.account) === 'hub';
  return isOfHub && access === 'narrowed' && !isUrgent(rule) && !rule.endsWith('policy-missing');
}

const LEAKED = 'whoever holds the leaked access key, while the key is active';

function moreAccessLine(report: Report, open: readonly ReportFinding[]): string {
  const wider = fold(
    open.filter(({ access }) => access === 'widened'),
    report,
  );
  const other = fold(
    open.filter(({ access, rule }) => access === 'changed' && !isUrgent(rule)),
    report,
  );
  const changed = other.length === 0 ? '' : ` 🟠 Different access from the file: ${titles(other, report, 2)}.`;
  const holders = open.some(({ rule }) => isUrgent(rule)) ? [LEAKED] : [];
  const who = [...holders, ...(wider.length > 0 ? [titles(wider, report, MOST)] : [])];
  if (who.length > 0) return `🔴 **More access than the file allows:** ${who.join('; ')}.${changed}`;
  if (changed !== '') return `**More access than the file allows:** possibly.${changed}`;
  return `**More access than the file allows:** nobody${isIncomplete(report) ? ', as far as could be read' : ''}.`;
}

function unreadLine(report: Report): string[] {
  if (!isIncomplete(report)) return [];
  const unread = unreadAccounts(report);
  const label = accountLabel(report);
  const which =
    unread.length === 0
      ? plural(readErrors(report).length, 'error')
      : `${plural(unread.length, 'account')}: ${listed(unread, label, MOST)}`;
  const organization = organizationErrors(report).length > 0 ? 'the organization' : undefined;
  const parts = [unread.length === 0 && organization !== undefined ? undefined : which, organization];
  return [`⚠️ **Not read:** ${parts.filter((part) => part !== undefined).join('; ')}.`];
}

function newsLine(report: Report, { new: found, gone, recount }: Pick<IssueDiff, 'new' | 'gone' | 'recount'>): string[] {
  if (recount !== null) return [`**Since the last run:** ${recount.before} findings before, ${recount.now} now.`];
  const lost = gone.length === 0 ? '' : `; ${gone.length.toLocaleString('en-US')} gone`;
  return [`**Since the last run:** ${newText(report, found)}${lost}.`];
}

function newText(report: Report, found: readonly ReportFinding[]): string {
  if (found.length === 0) return 'nothing new';
  if (found.length === report.findings.filter(isOpen).length) return `${allOf(found.length)} ${found.length === 1 ? 'is' : 'are'} new`;
  return `${found.length.toLocaleString('en-US')} new: ${titles(fold(found, report), report, MOST)}`;
}

function firstStepLine(report: Report, open: readonly ReportFinding[]): string[] {
  const [worst] = open;
  if (worst === undefined)
    return readErrors(report)
      .slice(0, 1)
      .flatMap(({ advice }) => (advice === '' ? [] : [firstStep(advice)]));
  // What is urgent says above all else what to do.
  if (isUrgent(worst.rule)) return [];
  return [`**Do first:** ${plain(titleWithPlace(worst, report))}. ${plainSentence(remedyOf(worst), MAX_TEXT)}`];
}

function firstStep(advice: string): string {
  return `**Do first:** ${plainSentence(advice, MAX_TEXT)}`;
}

function repairLine({ plan, run }: Report, open: readonly ReportFinding[]): string[] {
  if (plan === null || run.fix || run.mode === 'rollback' || open.length === 0) return [];
  const repaired = new Set(plan.calls.flatMap(({ findings }) => findings));
  const count = open.filter(({ id }) => repaired.has(id)).length;
  if (plan.refusal !== null)
    return [`**Repair:** a run with ${code('fix: true')} would make no call: ${plainSentence(plan.refusal, MAX_TEXT)}`];
  return [`**Repair:** a run with ${code('fix: true')} would ${repairText(count, open.length)}.`];
}

function repairText(repaired: number, all: number): string {
  if (all === 1) return repaired === 1 ? 'repair the finding' : 'not repair the finding';
  if (repaired === 0) return `repair none of the ${plural(all, 'finding')}`;
  return `repair ${repaired === all ? allOf(all) : `${repaired.toLocaleString('en-US')} of ${plural(all, 'finding')}`}`;
}

function allOf(count: number): string {
  if (count <= 2) return count === 1 ? 'the finding' : 'both findings';
  return `all ${plural(count, 'finding')}`;
}

function titles(folds: readonly Fold[], report: Report, most: number): string {
  return listed(folds, (entry) => plain(titleOfFold(entry, report)), most, '; ');
}

function listed<T>(all: readonly T[], nameOf: (one: T) => string, most: number, separator = ', '): string {
  const shown = all.slice(0, most).map((one) => nameOf(one));
  const more = all.length - shown.length;
  return `${shown.join(separator)}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`;
}

function nameOf(report: Report): (target: ReportTarget) => string {
  const label = accountLabel(report);
  const inAccounts = grouped(report.targets, ({ account }) => account);
  return ({ account, roleName }) => {
    const role = (inAccounts.get(account)?.length ?? 0) > 1 ? ` ${code(roleName)}` : '';
    return `${label(account)}${role}`;
  };
}
