import { describe, expect, test } from '@jest/globals';
import { arnOf, assume, captureOf, group, HUB, type LiveHub, managed, role, statement, trust } from './live.ts';

/** Kinds of roles become classes, and a file that has classes keeps them. */

type Edit = NonNullable<Parameters<typeof role>[1]>;

const ids = (count: number, first = 200_000_000_001) => Array.from({ length: count }, (_value, index) => String(first + index));
const hubOf = (...roles: LiveHub['roles']): LiveHub => ({
  groups: [group([{ name: 'all', document: assume(roles.map(({ arn }) => arn)) }])],
  roles,
});
const attached = (...names: string[]): Edit => ({ managedPolicies: { required: names.map(managed), optional: [] } });
const tagged = (value: string): Edit => ({ tags: [{ key: 'env', value }] });
const zones = (resource: string): Edit => ({
  inlinePolicies: [
    { name: 'zones', document: statement({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: [resource, `${resource}/*`] }) },
  ],
});
/** What stands before the targets, without the hub, and the targets. */
const partsOf = (text: string) => {
  const [head = '', targets = ''] = text.split('\ntargets:\n');
  return {
    head: head.slice(head.indexOf('layout: packed\n') + 'layout: packed\n'.length),
    targets: targets
      .trimEnd()
      .split('\n')
      .map((line) => line.trim()),
  };
};
const HEAD = `version: 1\nhub:\n  account: "${HUB}"\n  user: micetro\n  group: micetro-targets\n  grants:\n    policyName: all\n    layout: packed\n`;

describe('a new file', () => {
  test('three kinds: defaults and two classes, called by their tag, a line for each target', () => {
    const production = ids(6).map((id) => role(id, { ...tagged('production'), boundary: `arn:aws:iam::${id}:policy/limit` }));
    const sandbox = ids(5, 300_000_000_001).map((id) => role(id, { ...tagged('sandbox'), ...attached('ReadOnlyAccess') }));
    const staging = ids(5, 400_000_000_001).map((id) =>
      role(id, {
        ...tagged('staging'),
        ...zones(`arn:aws:s3:::zones-${id}`),
        trust: trust(`arn:aws:iam::${HUB}:role/caller`),
      }),
    );
    const captured = captureOf(hubOf(...production, ...sandbox, ...staging));
    const { head, targets } = partsOf(captured.text);
    expect(captured.findings).toEqual([]);
    expect(head).toBe(`defaults:
  permissionsBoundary: policy/limit
classes:
  sandbox: { managedPolicies: [ ReadOnlyAccess ], permissionsBoundary: none }
  staging:
    trust: { principals: [ "arn:aws:iam::{hubAccount}:role/caller" ] }
    inlinePolicies:
      zones:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: [ s3:GetObject, s3:ListBucket ]
            Resource: [ "arn:aws:s3:::zones-{account}", "arn:aws:s3:::zones-{account}/*" ]
    permissionsBoundary: none`);
    expect(targets).toHaveLength(16);
    expect([targets[0], targets[6], targets[15]]).toEqual([
      '- "200000000001"',
      '- { account: "300000000001", class: sandbox }',
      '- { account: "400000000005", class: staging }',
    ]);
  });

  test('a second role stands beside the first one, and its name in the class', () => {
    const first = ids(8).map((id) => role(id));
    const second = ids(4).map((id) => role(id, attached('ReadOnlyAccess'), 'MicetroReader'));
    const { head, targets } = partsOf(captureOf(hubOf(...first, ...second)).text);
    expect(head).toBe('classes:\n  micetro-reader: { roleName: MicetroReader, managedPolicies: [ ReadOnlyAccess ] }');
    expect(targets.slice(0, 3)).toEqual(['- "200000000001"', '- { account: "200000000001", class: micetro-reader }', '- "200000000002"']);
  });

  test('another name alone stands at the target', () => {
    const { head, targets } = partsOf(captureOf(hubOf(...ids(6).map((id, index) => role(id, {}, index < 4 ? 'Micetro' : 'Ddi')))).text);
    expect(head).not.toContain('classes');
    expect(targets[5]).toBe('- { account: "200000000006", roleName: Ddi }');
  });

  test('what holds the name of the role is one setting for all names', () => {
    const named = (id: string, name: string) => role(id, { ...zones(`arn:aws:s3:::zones/${name}`) }, name);
    const { text, findings } = captureOf(hubOf(...ids(6).map((id, index) => named(id, index % 2 === 0 ? 'Micetro' : 'Ddi'))));
    expect(findings).toEqual([]);
    expect(text.match(/inlinePolicies/g)).toHaveLength(1);
    expect(text).toContain('arn:aws:s3:::zones/{roleName}/*');
  });

  test('an external id of each account stays with each, and the rest is a class', () => {
    const customer = (id: string, index: number) =>
      role(id, {
        ...attached('ReadOnlyAccess'),
        trust: trust(`arn:aws:iam::${HUB}:root`, { Condition: { StringEquals: { 'sts:ExternalId': `x${index}` } } }),
      });
    const { head, targets } = partsOf(captureOf(hubOf(...ids(8).map((id) => role(id)), ...ids(5, 300_000_000_001).map(customer))).text);
    expect(head).toBe('classes:\n  read-only-access: { managedPolicies: [ ReadOnlyAccess ] }');
    expect(targets[8]).toBe(
      '- { account: "300000000001", class: read-only-access, trust: { principals: [ hub-account ], externalId: x0 } }',
    );
  });
});

describe('a trust', () => {
  const user = `arn:aws:iam::${HUB}:user/micetro`;
  const withId = { Condition: { StringEquals: { 'sts:ExternalId': 'ddi-200000000001' } } };
  test.each<[string, Edit['trust'], string]>([
    ['with an external id', trust(user, withId), 'trust: { principals: [ hub-user ], externalId: "ddi-{account}" }'],
    [
      'of several',
      statement({ Principal: { AWS: [user, 'arn:aws:iam::999999999999:root'] }, Action: 'sts:AssumeRole' }),
      'trust: { principals: [ "999999999999", hub-user ] }',
    ],
    [
      'that says more is a mapping',
      statement({ Principal: { AWS: user }, Action: ['sts:AssumeRole', 'sts:TagSession'] }),
      '  trust:\n    Version: "2012-10-17"\n    Statement:\n      - Effect: Allow\n        Principal: { AWS: "arn:aws:iam::{hubAccount}:user/micetro" }\n        Action: [ sts:AssumeRole, sts:TagSession ]\n',
    ],
    [
      'with a number is a mapping',
      trust(user, { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } } }),
      'aws:MultiFactorAuthAge: 3600',
    ],
    [
      'of a service is a mapping',
      statement({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      'Principal: { Service: ec2.amazonaws.com }',
    ],
    [
      'with literal braces is JSON on lines of its own',
      trust(user, { Condition: { StringEquals: { 'aws:PrincipalTag/x': '{account}' } } }),
      '  trust: |-\n    {\n      "Version"',
    ],
  ])('%s', (_name, document, says) => {
    const { text, findings } = captureOf(hubOf(role('200000000001', { ...(document && { trust: document }) })));
    expect(text).toContain(says);
    expect(findings).toEqual([]);
  });
});

describe('over a file with classes', () => {
  const file = `${HEAD}# ours
classes:
  sandbox: { managedPolicies: [ ReadOnlyAccess ] } # cheap
targets:
  - { account: "200000000001", class: sandbox } # first
  - { account: "200000000002", class: sandbox, owner: "@acme/ddi" }
  - "200000000003"
  - "200000000004"
`;
  const sandbox = (id: string, edit: Edit = attached('ReadOnlyAccess')) => role(id, edit);
  const before = [sandbox('200000000001'), sandbox('200000000002'), role('200000000003'), role('200000000004')];
  const changed = (text: string) =>
    text
      .split('\n')
      .filter((line) => !file.split('\n').includes(line))
      .map((line) => line.trim());

  test('that says it already: not a byte', () => {
    expect(captureOf(hubOf(...before), file)).toMatchObject({ text: file, isChanged: false, findings: [] });
  });

  test('a new target gets the class that fits', () => {
    const { text, findings } = captureOf(
      hubOf(...before, sandbox('200000000005'), role('200000000006'), sandbox('200000000003', { ...attached('ReadOnlyAccess') })),
      file,
    );
    expect(findings).toEqual([]);
    expect(changed(text)).toContain('- { account: "200000000005", class: sandbox }');
    expect(changed(text)).toContain('- "200000000006"');
  });

  test('a change of one target of a class is its own; of all of them it is the class’s', () => {
    const other = attached('SecurityAudit');
    const one = captureOf(hubOf(sandbox('200000000001', other), ...before.slice(1)), file);
    expect(changed(one.text)).toEqual(['- { account: "200000000001", class: sandbox, managedPolicies: [ SecurityAudit ] } # first']);
    const all = captureOf(hubOf(sandbox('200000000001', other), sandbox('200000000002', other), ...before.slice(2)), file);
    expect(changed(all.text)).toEqual(['sandbox: { managedPolicies: [ SecurityAudit ] } # cheap']);
    expect([one.findings, all.findings]).toEqual([[], []]);
  });

  test('a new kind is a class of another name', () => {
    const added = ids(4, 500_000_000_001).map((id) => role(id, { ...tagged('sandbox'), ...zones('arn:aws:s3:::zones') }));
    const { text, findings } = captureOf(hubOf(...before, ...added), file);
    expect(findings).toEqual([]);
    expect(changed(text)).toEqual(expect.arrayContaining(['zones:', '- { account: "500000000001", class: zones }']));
    expect(text).toContain('sandbox: { managedPolicies: [ ReadOnlyAccess ] } # cheap');
  });

  test('a second role of an account comes beside the first one, which keeps its comment', () => {
    const { text, findings } = captureOf(hubOf(...before, role('200000000001', attached('ReadOnlyAccess'), 'Reader')), file);
    expect(findings).toEqual([]);
    expect(text).toContain(
      '- { account: "200000000001", class: sandbox } # first\n  - { account: "200000000001", class: sandbox, roleName: Reader }\n',
    );
  });

  test('a role in the place of another of its account is that target', () => {
    const { text } = captureOf(
      hubOf(before[0] ?? role(HUB), sandbox('200000000002'), role('200000000003', {}, 'Other'), role('200000000004')),
      file,
    );
    expect(changed(text)).toEqual(['- { account: "200000000003", roleName: Other }']);
    expect(arnOf('200000000003', 'Other')).toContain('Other');
  });
});
