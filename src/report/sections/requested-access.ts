import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { locationLink, type PageLinks } from './links.ts';
import { plain } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

export type ReportProposal = NonNullable<Report['proposal']>;
type RequestedAccess = NonNullable<ReportProposal['asked']>[number];

const MAX_TEXT = 600;
const LISTED_ACCOUNTS = 20;
const LINES = 8;

const EMOJI: Readonly<Record<RequestedAccess['kind'], string>> = {
  grants: '➕',
  widens: '🔺',
  changes: '🔀',
  accepts: '🤝',
  narrows: '🔻',
  revokes: '➖',
  describes: '📝',
};

/** The access that the change requests. What is the same in many accounts is one row. */
export function requestedAccessSection(report: Report, requested: readonly RequestedAccess[], links: PageLinks, rank: number): Section {
  const list = accountList(report);
  const rows = requested.map((one): Row => ({ text: () => row(one, list, links), rank, weight: one.accounts.length }));
  return listSection('\n### Access that this change requests\n\n', rows, 'more change');
}

/** `production` `222222222222`, … and 380 more. */
export function accountList(report: Report): (accounts: readonly string[]) => string {
  const label = accountLabel(report);
  return (accounts) => {
    const more = accounts.length - LISTED_ACCOUNTS;
    return accounts.slice(0, LISTED_ACCOUNTS).map(label).join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '');
  };
}

function row(one: RequestedAccess, list: (accounts: readonly string[]) => string, links: PageLinks): string {
  const { kind, accounts, location, explanation } = one;
  const own = (text: string) => (accounts.length === 1 ? text.replaceAll('{account}', accounts[0] ?? '') : text);
  const stated = location === null ? '' : ` (${locationLink(location, links)})`;
  const lines = explanation.slice(0, LINES).map((line) => `  - ${plain(cut(own(line), MAX_TEXT))}\n`);
  const more = explanation.length - LINES;
  const after = one.where === 'removed' ? [`  - ${plural(accounts.length, 'grant')} ${REMOVED}\n`] : [];
  return [
    `- ${EMOJI[kind]} **${kind}** ${plain(cut(own(one.what), MAX_TEXT))}${scope(one, list)}${stated}\n`,
    ...lines,
    ...(more > 0 ? [`  - … ${plural(more, 'more line')} in the report\n`] : []),
    ...after,
  ].join('');
}

const REMOVED =
  'in the hub without a target: drift (`grant-extra`) that a repair run removes. The roles remain unchanged and are no longer compared.';

function scope({ where, accounts }: RequestedAccess, list: (accounts: readonly string[]) => string): string {
  const number = accounts.length;
  switch (where) {
    case 'hub':
      return '';
    case 'added':
      return ` in **${number === 1 ? '1 new account' : `${number.toLocaleString('en-US')} new accounts`}**: ${list(accounts)}`;
    case 'removed':
      return ` in **${plural(number, 'account')} no longer in the file**: ${list(accounts)}`;
    case 'targets':
      return number === 1 ? ` in ${list(accounts)}` : ` in **${plural(number, 'account')}**: ${list(accounts)}`;
  }
}
