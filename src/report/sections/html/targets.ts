import type { Element } from 'hast';
import { isExcepted } from '../../../drift/exceptions.ts';
import { grouped } from '../../../text/grouped.ts';
import { plural } from '../../../text/plural.ts';
import { utcDay } from '../../../time/days.ts';
import { accountsOfTargets, placeKey } from '../../model/accounts.ts';
import { openByPlace } from '../../model/order.ts';
import type { Report, ReportTarget } from '../../model/schema.ts';
import { type Content, chip, div, moment, mono, paragraph, section, separated } from './nodes.ts';
import { strongName } from './places.ts';
import { boundaryText, nameList, shownPolicyName } from './policy-names.ts';
import { table } from './table.ts';

type Check = ReportTarget['checks']['trust'];

/** Each target with whom its role trusts, its policies and its connection, as they were read. In the order of the file, the roles of an account together. */
export function targetsSection(report: Report): Element[] {
  const { targets } = report;
  if (targets.length === 0) return [];
  const open = openByPlace(report);
  const accepted = grouped(report.findings.filter(isExcepted), placeKey);
  const inAccounts = accountsOfTargets(targets).flatMap((account) => account.targets);
  const rows = inAccounts.map((target) => ({
    cells: [
      nameCell(target),
      [connectionChip(target.connection)],
      checked(target.checks.grant, []),
      checked(target.checks.trust, trustContent(target)),
      checked(target.checks.permissions, policiesContent(target)),
      statusContent(target, open.get(placeKey(target))?.length ?? 0, accepted.get(placeKey(target))?.length ?? 0),
      [target.lastUsed === null ? '–' : moment(utcDay(new Date(target.lastUsed)))],
    ],
  }));
  const columns = ['Target', 'Connection', 'Grant', 'Who may assume it', 'Policies', 'Result', 'Last used'];
  return [
    section(
      'targets',
      'Targets as they were read',
      paragraph(
        'The role of each target, in the order of the file, with the roles of an account together. A symbol shows whether the live state matches the file.',
      ),
      table({ caption: 'Targets', className: 'targets', columns, rows }),
    ),
  ];
}

function nameCell({ account, name, owner, roleArn }: ReportTarget): Content {
  const label = name === null ? mono(account) : strongName(name);
  return [label, div('sub', mono(roleArn === '' ? account : roleArn)), ...(owner === null ? [] : [div('sub', 'Owner: ', mono(owner))])];
}

function connectionChip(connection: ReportTarget['connection']): Element {
  if (connection === 'works') return chip('good', 'works');
  return connection === 'broken' ? chip('bad', 'broken') : chip('warn', 'not known');
}

function checked(check: Check, content: Content): Content {
  return [checkChip(check), ...(content.length === 0 ? [] : [div('read', ...content)])];
}

function checkChip(check: Check): Element {
  if (check === 'ok') return chip('good', 'as in the file');
  return check === 'drifted' ? chip('bad', 'drift') : chip('warn', 'not read');
}

function trustContent({ live }: ReportTarget): Content {
  if (live === null) return ['The role does not exist.'];
  if (live?.trust === undefined) return [];
  const { allows, denies, conditions } = live.trust;
  return [
    ...nameList(allows, 'nobody'),
    ...(denies.length === 0 ? [] : [' but not ', ...nameList(denies, '')]),
    ...(conditions.length === 0 ? [] : [' under conditions on ', ...nameList(conditions, '')]),
  ];
}

/** Managed policies, inline policies and boundary, as far as each was read. */
function policiesContent({ live }: ReportTarget): Content {
  if (!live) return [];
  const { managedPolicies, inlinePolicies, boundary } = live;
  const parts = [
    ...(managedPolicies === undefined ? [] : [nameList(managedPolicies.map(shownPolicyName), 'no managed policy')]),
    ...(inlinePolicies === undefined || inlinePolicies.length === 0 ? [] : [['inline: ', ...nameList(inlinePolicies, '')]]),
    ...(boundary === undefined || boundary === null ? [] : [['boundary: ', ...boundaryText(boundary)]]),
  ];
  return separated(parts, '; ');
}

function statusContent({ status, error }: ReportTarget, open: number, accepted: number): Content {
  const also = accepted === 0 ? [] : [div('sub', `${plural(accepted, 'finding')} accepted`)];
  const found = open === 0 ? [] : [div('sub', plural(open, 'open finding'))];
  if (status === 'unreadable')
    return [chip('warn', 'not read'), ...(error === null ? [] : [div('sub', mono(error.code))]), ...found, ...also];
  return status === 'clean' && open === 0 ? [chip('good', 'no drift'), ...also] : [chip('bad', 'drift'), ...found, ...also];
}
