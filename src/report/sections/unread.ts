import { cut, stop } from '../../text/visible.ts';
import { neutralizers } from '../model/fold.ts';
import type { Report } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import type { Row, Section } from './fit.ts';
import { code, plain } from './markdown.ts';
import { count } from './verdict.ts';

type ReportError = Report['errors'][number];
type Together = readonly [ReportError, ...ReportError[]];

const UNREAD =
  '\n## Could not be read\n\nNothing can be said about these until they can be read; what was found in them before still stands.\n\n';
const MAX_WORD = 200;
const MAX_TEXT = 1_000;
const MAX_ACCOUNTS = 200;

/** Accounts that could not be read, with what to do about it; the same error in many accounts on one line. */
export function unreadSection(report: Report, rank: number): Section {
  const label = accountLabel(report);
  const rows = together(report).map((errors): Row => ({ text: () => line(errors, label), rank, weight: errors.length }));
  return {
    open: report.summary.expected === 0 ? '\n## What is wrong\n\n' : UNREAD,
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more error')} not shown here._`,
  };
}

function line(errors: Together, label: (account: string) => string): string {
  const [{ code: name, message, call, advice }] = errors;
  const accounts = errors.flatMap(({ account }) => (account === '' ? [] : [label(account)]));
  const more = accounts.length > MAX_ACCOUNTS ? ` and ${count(accounts.length - MAX_ACCOUNTS, 'more account')}` : '';
  const whose = accounts.length === 0 ? '' : `${accounts.slice(0, MAX_ACCOUNTS).join(', ')}${more}: `;
  const at = call === '' ? '' : ` at ${code(cut(call, MAX_WORD))}`;
  const help = advice === '' ? '' : ` **What to do:** ${plain(stop(cut(advice, MAX_TEXT)))}`;
  return `- ${whose}${code(cut(name, MAX_WORD))}${at}: ${plain(stop(cut(message, MAX_TEXT)))}${help}\n`;
}

/** Errors with the same text but for the account; those of one account stand beside each other, in the order of the accounts. */
export function together(report: Report): Together[] {
  const neutral = neutralizers(report);
  const groups = new Map<string, [ReportError, ...ReportError[]]>();
  for (const error of readErrors(report)) {
    const { account, code: name, call, message, advice } = error;
    const told = JSON.stringify([name, call, message, advice]);
    const key = account === '' || account === report.hub.account ? told + account : neutral(account, told);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [error]);
    else group.push(error);
  }
  return [...groups.values()];
}

/** The errors of accounts and those of no account in particular, each once. */
function readErrors({ hub, targets, errors, summary }: Report): ReportError[] {
  // A run that had nothing to read says so in its verdict.
  const accounts = summary.expected === 0 ? [] : [hub, ...targets];
  const own = accounts.flatMap(({ account, error }) => (error === null ? [] : [{ account, ...error }]));
  const explained = new Set([...own, ...errors].map(({ account }) => account));
  const silent = accounts
    .filter(({ account, status }) => status === 'unreadable' && !explained.has(account))
    .map(({ account }) => ({ account, code: 'NotRead', message: 'This account was not read.', call: '', advice: '' }));
  const seen = new Map(
    [...own, ...errors, ...silent].map((error) => [JSON.stringify([error.account, error.code, error.call, error.message]), error]),
  );
  const place = new Map(accounts.map(({ account }, index) => [account, index]));
  const placeOf = ({ account }: ReportError) => place.get(account) ?? accounts.length;
  return [...seen.values()].sort((one, other) => placeOf(one) - placeOf(other));
}
