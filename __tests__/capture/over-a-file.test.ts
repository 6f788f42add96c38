import { describe, expect, test } from '@jest/globals';
import { arnOf, assume, captureOf, grant, group, HUB, type LiveHub, managed, role } from './live.ts';

/** What must outlive a capture over a file: what its exceptions say, its comments, its aliases, the way it is written. */

const [ONE, TWO, THREE] = ['222222222222', '333333333333', '444444444444'] as const;
const [DNS, NETWORKS] = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'] as const;
const HEAD = `version: 1\nhub: { account: "${HUB}", user: micetro, group: micetro-targets }\n`;

const hubWith = (...roles: LiveHub['roles']): LiveHub => ({
  groups: [group(roles.map(({ arn }) => grant(arn.split(':')[4] ?? '')))],
  roles,
});
const attached = (...names: string[]) => ({ managedPolicies: { required: names.map(managed), optional: [] } });
const member = (name: string) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` });
const anywhere = (account: string) => `arn:aws:iam::${account}:role/*`;
const excepting = (what: string, targets: readonly string[] = [ONE]) =>
  `${HEAD}targets: ${JSON.stringify(targets)}\nexceptions:\n  - { ${what}, owner: me, reason: moving, expires: 2026-12-31 }\n`;

describe('other groups', () => {
  const billing = (edit: Parameters<typeof group>[1] = {}) => group([], { ...attached('ReadOnlyAccess'), ...edit }, 'billing');
  const hub = (...otherGroups: ReturnType<typeof group>[]): LiveHub => ({
    ...hubWith(role(ONE)),
    user: { groups: { required: ['micetro-targets', ...otherGroups.map(({ name }) => name)], optional: [] } },
    otherGroups,
  });
  const fileWith = (otherGroups: string) =>
    `version: 1\nhub:\n  account: "${HUB}"\n  user:\n    name: micetro\n    otherGroups:\n${otherGroups}  group: micetro-targets\ntargets: [ "${ONE}" ]\n`;

  test.each<[string, string, LiveHub, string]>([
    [
      'a bare name gets the policies',
      '      - billing # money\n',
      hub(billing()),
      '      - name: billing\n        managedPolicies: [ ReadOnlyAccess ]\n        # money\n',
    ],
    [
      'what is stated and live stays as it is written',
      '      # money\n      - { name: billing, managedPolicies: { optional: [ ReadOnlyAccess ] } } # mine\n',
      hub(billing()),
      '      # money\n      - { name: billing, managedPolicies: { optional: [ ReadOnlyAccess ] } } # mine\n',
    ],
    [
      'what differs is written',
      '      - { name: billing, managedPolicies: [ SecurityAudit ] }\n',
      hub(billing()),
      '      - { name: billing, managedPolicies: [ ReadOnlyAccess ] }\n',
    ],
    [
      'one that is new comes beside it',
      '      - { name: billing, managedPolicies: [ ReadOnlyAccess ] } # mine\n',
      hub(billing(), group([], {}, 'readers')),
      '      - { name: billing, managedPolicies: [ ReadOnlyAccess ] } # mine\n      - name: readers\n        managedPolicies: []\n',
    ],
  ])('%s', (_name, before, live, after) => {
    const captured = captureOf(live, fileWith(before));
    expect([captured.text, captured.findings]).toEqual([fileWith(after), []]);
    expect(captureOf(live, captured.text).isChanged).toBe(false);
  });

  test('what an exception accepts is not stated', () => {
    const file = `${fileWith('      - name: billing\n')}exceptions: [{ rule: hub-group-policy-extra, owner: me, reason: moving, expires: 2026-12-31 }]\n`;
    expect(captureOf(hub(billing()), file).text).toBe(file);
  });
});

describe('what an exception accepts until a day is not accepted for good, whatever else is captured', () => {
  const membersOf = (...names: string[]): LiveHub => ({
    groups: [group([grant(ONE)], { members: names.map(member) })],
    roles: [role(ONE)],
  });
  const policy = (name: string) => ({ name, document: assume('*', { Action: 's3:*' }) });

  test.each<[string, LiveHub, string, RegExp]>([
    [
      'a policy of a role',
      hubWith(role(ONE, attached(DNS, NETWORKS, 'ReadOnlyAccess', 'SecurityAudit'))),
      excepting(`rule: role-policy-extra, resource: "${managed('ReadOnlyAccess')}"`),
      /SecurityAudit/,
    ],
    ['a missing policy', hubWith(role(ONE, attached(DNS, 'SecurityAudit'))), excepting('rule: role-policy-missing'), /SecurityAudit/],
    [
      'an inline policy of a role',
      hubWith(role(ONE, { inlinePolicies: [policy('accepted'), policy('other')] })),
      excepting(`rule: role-inline-policy-extra, resource: "${arnOf(ONE)}/policy/accepted"`),
      /other/,
    ],
    [
      'a member',
      membersOf('micetro', 'kept-out', 'other'),
      excepting(`rule: hub-group-member-extra, resource: "${member('kept-out').arn}"`),
      /other/,
    ],
    [
      'a group of the user',
      { ...hubWith(role(ONE)), user: { groups: { required: ['micetro-targets', 'kept-out', 'other'], optional: [] } } },
      excepting(`rule: hub-user-group-extra, resource: "arn:aws:iam::${HUB}:group/kept-out"`),
      /other/,
    ],
    [
      'one of two patterns in a policy',
      { groups: [group([grant(ONE), { name: 'wide', document: assume([anywhere(TWO), anywhere(THREE)]) }])], roles: [role(ONE)] },
      excepting(`rule: grant-extra, resource: "${anywhere(TWO)}"`),
      /444444444444/,
    ],
    [
      'a role that is granted and no target',
      hubWith(role(ONE, { boundary: managed('PowerUserAccess') }), role(TWO)),
      excepting(`rule: grant-extra, resource: "${arnOf(TWO)}"`),
      /PowerUserAccess/,
    ],
  ])('%s', (_what, hub, file, captured) => {
    const { text, desired, findings } = captureOf(hub, file);
    expect(findings).toEqual([]);
    const [stated = '', exceptions] = text.split('exceptions:');
    expect(stated).toMatch(captured);
    expect(exceptions).toBe(file.split('exceptions:')[1]);
    // Once the exception has run out it is back.
    expect(desired.exceptions).toHaveLength(1);
    expect(captureOf(hub, text.replace('2026-12-31', '2026-01-31')).isChanged).toBe(true);
  });

  test('a target whose grant may be missing stays', () => {
    const file = excepting(`rule: grant-missing, account: "${TWO}"`, [ONE, TWO]);
    expect(captureOf(hubWith(role(ONE)), file).text).toBe(file);
  });
});

describe('no comment is lost', () => {
  const list = `${HEAD}defaults:
  # needed
  managedPolicies: # by us
    # zones
    - ${DNS} # dns
    # ranges
    - ${NETWORKS} # ipam
    # end of list
  # end of defaults
targets:
  # first
  - account: "${ONE}" # prod
    # who asked
    owner: "@acme/ddi" # team
    # exceptional
    permissionsBoundary: PowerUserAccess # ticket
  # second
  - "${TWO}" # test
  # end of targets
# end
`;
  const bounded = { boundary: managed('PowerUserAccess') };
  test.each<[string, LiveHub, string]>([
    [
      'a name comes into a list',
      hubWith(
        role(ONE, { ...bounded, ...attached(DNS, NETWORKS, 'ReadOnlyAccess') }),
        role(TWO, attached(DNS, NETWORKS, 'ReadOnlyAccess')),
      ),
      list,
    ],
    ['a name goes from it', hubWith(role(ONE, { ...bounded, ...attached(NETWORKS) }), role(TWO, attached(NETWORKS))), list],
    ['all names go', hubWith(role(ONE, { ...bounded, ...attached() }), role(TWO, attached())), list],
    ['a key of a target goes', hubWith(role(ONE), role(TWO)), list],
    ['the first target goes', hubWith(role(TWO)), list],
    ['the last target goes', hubWith(role(ONE, bounded)), list],
    [
      'a mapping becomes a word',
      hubWith(role(ONE)),
      `${HEAD}defaults:\n  trust:\n    # this version\n    Version: "2012-10-17" # no other\n    Statement: # one\n      - Effect: Allow\n        # of ours\n        Principal: { AWS: "999999999999" } # moving\n        Action: sts:AssumeRole\ntargets:\n  - "${ONE}"\n`,
    ],
    [
      'other policies are demanded',
      hubWith(role(ONE, attached('ReadOnlyAccess'))),
      `${HEAD}defaults:\n  managedPolicies:\n    # demanded\n    required: [ ${DNS} ] # dns\n    optional: # may be\n      - ${NETWORKS} # ipam\ntargets:\n  - "${ONE}"\n`,
    ],
  ])('%s', (_what, hub, file) => {
    const { text, isChanged, findings } = captureOf(hub, file);
    expect([isChanged, findings]).toEqual([true, []]);
    const comments = [...file.matchAll(/# (.*)$/gm)].map(([, comment = '']) => comment);
    expect(comments.filter((comment) => !new RegExp(`#.*${comment}$`, 'm').test(text))).toEqual([]);
    expect(captureOf(hub, text).isChanged).toBe(false);
  });

  test('what stays in a list stays with its comments', () => {
    const hub = hubWith(role(ONE, { ...bounded, ...attached(DNS, 'ReadOnlyAccess') }), role(TWO, attached(DNS, 'ReadOnlyAccess')));
    expect(captureOf(hub, list).text).toContain(`    # zones\n    - ${DNS} # dns\n`);
  });
});

describe('aliases', () => {
  const shared = `&p [ ${DNS}, ${NETWORKS} ]`;
  test.each<[string, LiveHub, string]>([
    [
      'of what changes',
      hubWith(role(ONE, attached(DNS)), role(TWO)),
      `targets:\n  - { account: "${ONE}", managedPolicies: ${shared} }\n  - { account: "${TWO}", managedPolicies: *p }\n`,
    ],
    [
      'of what goes with its target',
      hubWith(role(TWO)),
      `targets:\n  - { account: "${ONE}", managedPolicies: ${shared} }\n  - { account: "${TWO}", managedPolicies: *p }\n`,
    ],
    [
      'of a default',
      hubWith(role(ONE, attached(DNS)), role(TWO, attached(DNS)), role(THREE)),
      `defaults:\n  managedPolicies: ${shared}\ntargets:\n  - "${ONE}"\n  - "${TWO}"\n  - { account: "${THREE}", managedPolicies: *p }\n`,
    ],
    [
      'of what a change is made in',
      {
        groups: [group([grant(ONE)]), group([grant(TWO)], { members: [member('micetro'), member('other')] }, 'second')],
        roles: [role(ONE), role(TWO)],
      },
      `targets:\n  - "${ONE}"\n  - "${TWO}"\n`,
    ],
  ])('%s', (what, hub, targets) => {
    const groups = `groups: [ { name: micetro-targets, members: &m [ micetro ] }, { name: second, members: *m } ]`;
    const head = what.includes('made in') ? HEAD.replace('group: micetro-targets', groups) : HEAD;
    const { text, findings } = captureOf(hub, head + targets);
    expect(findings).toEqual([]);
    expect(captureOf(hub, text).isChanged).toBe(false);
  });
});

describe('the way it is written', () => {
  const live = hubWith(role(ONE), role(TWO, attached(DNS)));

  test.each([
    ['before', 'auditor: {roleName: AssumeRoleAuditor}\ntargets:\n  - "222222222222"\n'],
    ['behind', 'targets:\n  - "222222222222"\norganization: { include: [r-ab12] }\n'],
  ])('a line that is not touched stays as it is written, although it is laid out in another way than others: right %s', (_name, rest) => {
    const text = `${HEAD}${rest}`;
    const live = hubWith(role(ONE), role(TWO));
    const written = text.replace(`  - "${ONE}"\n`, `  - "${ONE}"\n  - "${TWO}"\n`);
    expect(
      captureOf(live, text)
        .text.split('\n')
        .slice(0, written.split('\n').length - 1),
    ).toEqual(written.split('\n').slice(0, -1));
  });

  test('JSON stays JSON', () => {
    const file = `${JSON.stringify({ version: 1, hub: { account: HUB, user: 'micetro', group: 'micetro-targets' }, targets: [ONE] }, null, 2)}\n`;
    const { text } = captureOf(live, file);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(JSON.parse(text)).toMatchObject({ targets: [ONE, { account: TWO, managedPolicies: [DNS] }] });
  });

  test.each([
    ['lists', `${HEAD}targets:\n  # one\n  - "${ONE}"\n`],
    ['one line', `version: 1\nhub: {account: "${HUB}", user: micetro, group: micetro-targets}\ntargets: ["${ONE}"]   # odd\n`],
  ])('line ends of Windows: %s', (_what, file) => {
    const { text } = captureOf(live, file.replaceAll('\n', '\r\n'));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.replaceAll('\r\n', '\n')).toBe(captureOf(live, file).text);
  });
});

describe('policies that the file allows and does not demand stay optional when others change', () => {
  const both = `{ required: [${DNS}, ${NETWORKS}], optional: ["arn:aws:iam::aws:policy/IAMReadOnlyAccess", SecurityAudit] }`;
  const written = (required: string) => both.replace(`[${DNS}, ${NETWORKS}]`, required);
  const targets = `targets: ["${ONE}", "${TWO}"]\n`;
  const user = (policies: string) =>
    `version: 1\nhub: { account: "${HUB}", user: { name: micetro, managedPolicies: ${policies} }, group: micetro-targets }\n${targets}`;
  const inGroup = (policies: string) =>
    `version: 1\nhub: { account: "${HUB}", user: micetro, group: { name: micetro-targets, managedPolicies: ${policies} } }\n${targets}`;
  const defaults = (policies: string) => `${HEAD}defaults: { managedPolicies: ${policies} }\n${targets}`;
  const own = (policies: string) => `${HEAD}targets:\n  - { account: "${ONE}", managedPolicies: ${policies} }\n  - "${TWO}"\n`;
  const there = attached(DNS, NETWORKS, 'IAMReadOnlyAccess', 'ReadOnlyAccess');
  const usual = attached(DNS, NETWORKS);

  test.each<[string, (policies: string) => string, LiveHub, string]>([
    ['of a target: one that is new', own, hubWith(role(ONE, there), role(TWO, usual)), `[${DNS}, ${NETWORKS}, ReadOnlyAccess]`],
    ['of a target: one that is gone', own, hubWith(role(ONE, attached(DNS, 'SecurityAudit')), role(TWO, usual)), `[${DNS}]`],
    ['of a target: none is demanded any more', own, hubWith(role(ONE, attached('SecurityAudit')), role(TWO, usual)), '[]'],
    [
      'of all targets',
      defaults,
      hubWith(role(ONE, there), role(TWO, attached(DNS, NETWORKS, 'ReadOnlyAccess'))),
      `[${DNS}, ${NETWORKS}, ReadOnlyAccess]`,
    ],
    ['of the user', user, { ...hubWith(role(ONE), role(TWO)), user: there }, `[${DNS}, ${NETWORKS}, ReadOnlyAccess]`],
    [
      'of a group',
      inGroup,
      { groups: [group([grant(ONE), grant(TWO)], there)], roles: [role(ONE), role(TWO)] },
      `[${DNS}, ${NETWORKS}, ReadOnlyAccess]`,
    ],
  ])('%s', (_what, file, hub, required) => {
    const { text, findings } = captureOf(hub, file(both));
    expect(findings).toEqual([]);
    // The library pads all brackets or none.
    const unpadded = (yaml: string) => yaml.replaceAll(/(?<=[[{]) | (?=[\]}])/g, '');
    expect(unpadded(text)).toBe(unpadded(file(written(required))));
  });
});
