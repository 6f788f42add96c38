import { neutralizers } from './fold.ts';
import type { Report } from './schema.ts';

type ReportError = Report['errors'][number];

/** The same error in one or more accounts. */
export type ErrorGroup = readonly [ReportError, ...ReportError[]];

/** Groups errors that differ only in the account. Errors of one account stay together, and accounts keep the order of the report. */
export function groupErrors(report: Report): ErrorGroup[] {
  const neutral = neutralizers(report);
  const groups = new Map<string, [ReportError, ...ReportError[]]>();
  for (const error of allErrors(report)) {
    const { account, code, call, message, advice } = error;
    const text = JSON.stringify([code, call, message, advice]);
    const key = account === '' || account === report.hub.account ? text + account : neutral(account, text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [error]);
    else group.push(error);
  }
  return [...groups.values()];
}

/** The errors of accounts and those of no particular account, each once. */
function allErrors({ hub, targets, errors, summary }: Report): ReportError[] {
  // The headline of a run that had nothing to read says so.
  const accounts = summary.expected === 0 ? [] : [hub, ...targets];
  const own = accounts.flatMap(({ account, error }) => (error === null ? [] : [{ account, ...error }]));
  const explained = new Set([...own, ...errors].map(({ account }) => account));
  const silent = accounts
    .filter(({ account, status }) => status === 'unreadable' && !explained.has(account))
    .map(({ account }) => ({ account, code: 'NotRead', message: 'This account was not read.', call: '', advice: '' }));
  const distinct = new Map(
    [...own, ...errors, ...silent].map((error) => [JSON.stringify([error.account, error.code, error.call, error.message]), error]),
  );
  const position = new Map(accounts.map(({ account }, index) => [account, index]));
  const positionOf = ({ account }: ReportError) => position.get(account) ?? accounts.length;
  return [...distinct.values()].sort((one, other) => positionOf(one) - positionOf(other));
}
