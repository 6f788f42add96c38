import { describe, expect, test } from '@jest/globals';
import { accounts, asWritten, desiredOf, fileWith } from './files.ts';

const quote = (account: string) => `"${account}"`;

/** Names of the inline policies of each group. */
function policiesOf(text: string): Record<string, readonly string[]> {
  const groups = desiredOf(text).state.hub.groups;
  return Object.fromEntries(groups.map((group) => [group.name, (group.value?.inlinePolicies ?? []).map((policy) => policy.name)]));
}

const packed = (template?: string) =>
  `  group: g\n  grants: { layout: packed${template === undefined ? '' : `, policyName: "${template}"`} }\n`;

describe('packed grants', () => {
  test('one policy holds the roles of all targets', () => {
    const group = desiredOf(fileWith({ hub: packed(), targets: accounts(3).map(quote) })).state.hub.groups[0]?.value;
    expect(asWritten(group?.inlinePolicies)).toEqual([
      {
        name: 'assume-roles',
        document: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: '',
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Resource: accounts(3).map((account) => `arn:aws:iam::${account}:role/Micetro`),
            },
          ],
        },
      },
    ]);
  });

  test.each<[string, string | undefined, string]>([
    ['the default template differs by target', undefined, 'assume-roles'],
    ['a template that differs by target', 'go-{account}', 'assume-roles'],
    ['a template for the hub', 'go-{hubAccount}-{partition}', 'go-111111111111-aws'],
    ['a plain name', 'go', 'go'],
  ])('%s', (_, template, name) => {
    expect(policiesOf(fileWith({ hub: packed(template) }))).toEqual({ g: [name] });
  });

  test('a group without targets has no policy', () => {
    expect(policiesOf(fileWith({ hub: '  groups: [a, b]\n  grants: { layout: packed }\n' }))).toEqual({ a: ['assume-roles'], b: [] });
  });
});

describe('the group of a target that states none', () => {
  // 5,120 characters hold 35 grants of 144.
  test('is the first with room', () => {
    const policies = policiesOf(fileWith({ hub: '  groups: [a, b, c]\n', targets: accounts(80).map(quote) }));
    expect(Object.values(policies).map((names) => names.length)).toEqual([35, 35, 10]);
    expect(policies.b?.[0]).toBe('assume-200000000035-Micetro');
  });

  test('counts what the group holds already', () => {
    const statement = `{ Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::${'b'.repeat(2500)}" }`;
    const hub = `  groups:\n    - { name: a, inlinePolicies: { big: { Version: 2012-10-17, Statement: [${statement}] } } }\n    - b\n`;
    const policies = policiesOf(fileWith({ hub, targets: accounts(30).map(quote) }));
    expect(Object.values(policies).map((names) => names.length)).toEqual([18, 13]);
  });

  test('fills a group to the last character', () => {
    // The document around the characters takes 100, a grant 144.
    const statement = `{ Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::${'b'.repeat(5120 - 144 - 100)}" }`;
    const hub = `  groups:\n    - { name: a, inlinePolicies: { big: { Version: 2012-10-17, Statement: [${statement}] } } }\n    - b\n`;
    const policies = policiesOf(fileWith({ hub, targets: accounts(2).map(quote) }));
    expect(Object.values(policies).map((names) => names.length)).toEqual([2, 1]);
  });

  test('leaves room for those that state one, wherever they stand', () => {
    const targets = accounts(40).map((account, index) => (index < 35 ? quote(account) : `{ account: "${account}", group: a }`));
    const policies = policiesOf(fileWith({ hub: '  groups: [a, b]\n', targets }));
    expect(policies.a).toHaveLength(35);
    expect(policies.a).toContain('assume-200000000039-Micetro');
    expect(policies.b).toEqual(
      accounts(35)
        .slice(30)
        .map((account) => `assume-${account}-Micetro`),
    );
  });

  test('is the first where none has room', () => {
    const policies = policiesOf(fileWith({ hub: '  groups: [a, b]\n', targets: accounts(72).map(quote) }));
    expect(Object.values(policies).map((names) => names.length)).toEqual([37, 35]);
  });

  test('packs by the size of what is added', () => {
    const hub = '  groups: [a, b]\n  grants: { layout: packed }\n';
    const { state, quotas } = desiredOf(fileWith({ hub, targets: accounts(130).map(quote) }));
    const uses = quotas.filter((use) => use.what.startsWith('inline policies of group'));
    const [first] = uses;
    // The envelope and 122 ARNs of 41 characters with their commas.
    expect(first?.used).toBe(JSON.stringify(state.hub.groups[0]?.value?.inlinePolicies?.[0]?.document.source).length);
    expect(first?.used).toBeLessThanOrEqual(5120);
    expect(first?.used).toBeGreaterThan(5120 - 42);
    expect(uses).toHaveLength(2);
  });
});
