import { grouped } from '../../text/grouped.ts';
import { readErrors } from './completeness.ts';
import { neutralizers } from './neutral-texts.ts';
import type { Report } from './schema.ts';

type ReportError = Report['errors'][number];

/** The same error in one or more accounts. */
export type ErrorGroup = readonly [ReportError, ...ReportError[]];

/** Groups errors that differ only in the account. Errors of one account stay together, and accounts keep the order of the report. */
export function groupErrors(report: Report): ErrorGroup[] {
  const neutral = neutralizers(report);
  const keyOf = ({ account, code, call, message, advice }: ReportError): string => {
    const text = JSON.stringify([code, call, message, advice]);
    return account === '' || account === report.hub.account ? text + account : neutral(account, text);
  };
  return [...grouped(allErrors(report), keyOf).values()];
}

/** The errors of accounts and those of no particular account, each once. */
function allErrors(report: Report): ReportError[] {
  const { hub, targets, summary } = report;
  // The headline of a run that had nothing to read says so.
  const accounts = summary.expected === 0 ? [] : [hub, ...targets];
  const own = accounts.flatMap(({ account, error }) => (error === null ? [] : [{ account, ...error }]));
  const distinct = new Map(
    [...own, ...readErrors(report)].map((error) => [JSON.stringify([error.account, error.code, error.call, error.message]), error]),
  );
  const position = new Map(accounts.map(({ account }, index) => [account, index]));
  const positionOf = ({ account }: ReportError) => position.get(account) ?? accounts.length;
  return [...distinct.values()].sort((one, other) => positionOf(one) - positionOf(other));
}
