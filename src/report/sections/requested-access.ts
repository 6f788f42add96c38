import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import { accountSets } from './account-sets.ts';
import { locationLink, type PageLinks } from './links.ts';
import { plain } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

export type ReportProposal = NonNullable<Report['proposal']>;
type RequestedAccess = NonNullable<ReportProposal['asked']>[number];

const MAX_TEXT = 600;
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
  const which = accountSets(report);
  const rows = requested.map((one): Row => ({ text: () => row(one, which, links), rank, weight: one.accounts.length }));
  return listSection('\n### Access that this change requests\n\n', rows, 'more change');
}

function row(one: RequestedAccess, which: (accounts: readonly string[]) => string, links: PageLinks): string {
  const { kind, accounts, location, explanation } = one;
  const own = (text: string) => (accounts.length === 1 ? text.replaceAll('{account}', accounts[0] ?? '') : text);
  const stated = location === null ? '' : ` (${locationLink(location, links)})`;
  const lines = explanation.slice(0, LINES).map((line) => `  - ${plain(cut(own(line), MAX_TEXT))}\n`);
  const more = explanation.length - LINES;
  const after = one.where === 'removed' ? [`  - ${plural(accounts.length, 'grant')} ${REMOVED}\n`] : [];
  return [
    `- ${EMOJI[kind]} **${kind}** ${plain(cut(own(one.what), MAX_TEXT))}${scope(one, which)}${stated}\n`,
    ...lines,
    ...(more > 0 ? [`  - … ${plural(more, 'more line')} in the report\n`] : []),
    ...after,
  ].join('');
}

const REMOVED =
  'in the hub without a target: drift (`grant-extra`) that a repair run removes. The roles remain unchanged and are no longer compared.';

function scope({ where, accounts }: RequestedAccess, which: (accounts: readonly string[]) => string): string {
  const number = accounts.length;
  switch (where) {
    case 'hub':
      return '';
    case 'added':
      return ` in **${number === 1 ? '1 new account' : `${number.toLocaleString('en-US')} new accounts`}**: ${which(accounts)}`;
    case 'removed':
      return ` in **${plural(number, 'account')} no longer in the file**: ${which(accounts)}`;
    case 'targets':
      return number === 1 ? ` in ${which(accounts)}` : ` in **${plural(number, 'account')}**: ${which(accounts)}`;
  }
}
