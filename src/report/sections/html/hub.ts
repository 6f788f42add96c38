import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import type { Report } from '../../model/schema.ts';
import { type Content, chip, facts, mono, paragraph, section } from './nodes.ts';
import { boundaryText, nameList, shownPolicyName } from './policy-names.ts';
import { table } from './table.ts';

type LiveHub = NonNullable<Report['hub']['live']>;

/** The hub user and the hub groups as they were read. */
export function hubSection({ hub, summary }: Report): Element[] {
  if (summary.expected === 0) return [];
  const { live } = hub;
  return [
    section(
      'hub',
      'Hub as it was read',
      paragraph('Account ', mono(hub.account), ' ', statusChip(hub.status)),
      ...(live === undefined ? [paragraph('Neither the hub user nor a hub group was read.')] : livePart(live)),
    ),
  ];
}

function statusChip(status: Report['hub']['status']): Element {
  if (status === 'clean') return chip('good', 'no drift');
  return status === 'drifted' ? chip('bad', 'drift') : chip('warn', 'not read completely');
}

function livePart({ user, groups }: LiveHub): Element[] {
  return [
    ...(user === undefined
      ? [paragraph('The hub user was not read.')]
      : user === null
        ? [paragraph('The hub user does not exist.')]
        : [userFacts(user)]),
    ...(groups.length === 0 ? [] : [h('h3', 'Hub groups'), groupsTable(groups)]),
  ];
}

function userFacts(user: NonNullable<LiveHub['user']>): Element {
  return facts([
    ['Hub user', [mono(user.arn)]],
    ['Active access keys', user.activeKeys === undefined ? [NOT_READ] : [String(user.activeKeys)]],
    ['Console password', user.consoleLogin === undefined ? [NOT_READ] : [user.consoleLogin ? 'yes' : 'no']],
    ['Groups', read(user.groups)],
    ['Managed policies', read(user.managedPolicies?.map(shownPolicyName))],
    ['Inline policies', read(user.inlinePolicies)],
    ['Boundary', user.boundary === undefined ? [NOT_READ] : boundaryText(user.boundary)],
  ]);
}

const NOT_READ = 'not read';

function read(names: readonly string[] | undefined): Content {
  return names === undefined ? [NOT_READ] : nameList(names, 'none');
}

function groupsTable(groups: LiveHub['groups']): Element {
  const rows = groups.map(({ arn, members, managedPolicies, inlinePolicies }) => ({
    cells: [[mono(arn)], read(members), read(managedPolicies?.map(shownPolicyName)), inlineContent(inlinePolicies)],
  }));
  const columns = ['Group', 'Members', 'Managed policies', 'Inline policies (the grants)'];
  return table({ caption: 'Hub groups', className: 'groups', columns, rows });
}

function inlineContent(names: readonly string[] | undefined): Content {
  if (names === undefined || names.length === 0) return read(names);
  return [`${plural(names.length, 'policy').replace(/policys$/, 'policies')}: `, ...nameList(names, '')];
}
