import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import type { Row, Section } from './fit.ts';
import { locationLink, type Whereabouts } from './links.ts';
import { plain } from './markdown.ts';
import { count } from './verdict.ts';

export type ReportProposal = NonNullable<Report['proposal']>;
type Asked = NonNullable<ReportProposal['asked']>[number];

const MAX_TEXT = 600;
const LISTED_ACCOUNTS = 20;
const LINES = 8;

const EMOJI: Readonly<Record<Asked['kind'], string>> = {
  grants: '➕',
  widens: '🔺',
  changes: '🔀',
  accepts: '🤝',
  narrows: '🔻',
  revokes: '➖',
  describes: '📝',
};

/** The access that the change asks for, a line each; what is alike in many accounts is one. */
export function askedSection(report: Report, asked: readonly Asked[], where: Whereabouts, rank: number): Section {
  const listed = accountList(report);
  const rows = asked.map((one): Row => ({ text: () => row(one, listed, where), rank, weight: one.accounts.length }));
  return {
    open: '\n### Access that this change asks for\n\n',
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more change')} not shown here._`,
  };
}

/** `production` `222222222222`, … and 380 more. */
export function accountList(report: Report): (accounts: readonly string[]) => string {
  const label = accountLabel(report);
  return (accounts) => {
    const more = accounts.length - LISTED_ACCOUNTS;
    return accounts.slice(0, LISTED_ACCOUNTS).map(label).join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '');
  };
}

function row(one: Asked, listed: (accounts: readonly string[]) => string, where: Whereabouts): string {
  const { kind, accounts, location, explanation } = one;
  const own = (text: string) => (accounts.length === 1 ? text.replaceAll('{account}', accounts[0] ?? '') : text);
  const place = location === null ? '' : ` (${locationLink(location, where)})`;
  const lines = explanation.slice(0, LINES).map((line) => `  - ${plain(cut(own(line), MAX_TEXT))}\n`);
  const more = explanation.length - LINES;
  const after = one.where === 'removed' ? [`  - ${count(accounts.length, 'grant')} ${REMOVED}\n`] : [];
  return [
    `- ${EMOJI[kind]} **${kind}** ${plain(cut(own(one.what), MAX_TEXT))}${scope(one, listed)}${place}\n`,
    ...lines,
    ...(more > 0 ? [`  - … ${count(more, 'more line')} in the report\n`] : []),
    ...after,
  ].join('');
}

const REMOVED =
  'in the hub that no target wants any more: drift (`grant-extra`), which a repair run takes away. Roles stay as they are, and are no longer watched.';

function scope({ where, accounts }: Asked, listed: (accounts: readonly string[]) => string): string {
  const number = accounts.length;
  switch (where) {
    case 'hub':
      return '';
    case 'added':
      return ` in **${number === 1 ? '1 new account' : `${number.toLocaleString('en-US')} new accounts`}**: ${listed(accounts)}`;
    case 'removed':
      return ` in **${count(number, 'account')} no longer in the file**: ${listed(accounts)}`;
    case 'targets':
      return number === 1 ? ` in ${listed(accounts)}` : ` in **${count(number, 'account')}**: ${listed(accounts)}`;
  }
}
