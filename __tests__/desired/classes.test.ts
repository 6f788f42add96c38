import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Target } from '../../src/state/state.ts';
import { runs } from '../runs.ts';
import { asWritten, desiredOf, fileWith } from './files.ts';

/** The targets that a file with these parts has. */
function targetsOf(targets: readonly string[], rest: string): readonly Target[] {
  return desiredOf(fileWith({ targets, rest })).state.targets;
}

const CLASSES = `
defaults: { path: /a/, description: from the defaults, managedPolicies: [ReadOnlyAccess, ViewOnlyAccess], tags: { team: ddi } }
classes:
  sandbox: { description: "sandbox {targetName}", managedPolicies: { optional: [SecurityAudit] }, tags: { env: sandbox } }
  admin: { roleName: Micetro-Admin, path: / }
`;

describe('a key of a role', () => {
  const [plain, sandbox, own, ...admins] = targetsOf(
    [
      '"222222222222"',
      '{ account: "333333333333", class: sandbox, name: three }',
      '{ account: "444444444444", class: sandbox, name: four, description: own, tags: {} }',
      '{ account: "444444444444", class: admin }',
      '{ account: "444444444444", class: admin, roleName: Own }',
    ],
    CLASSES,
  );

  test.each<[string, Target | undefined, object]>([
    [
      'is that of the defaults without a class',
      plain,
      { description: 'from the defaults', path: '/a/', tags: [{ key: 'team', value: 'ddi' }] },
    ],
    [
      'is that of the class, which is not merged with the defaults',
      sandbox,
      {
        description: 'sandbox three',
        path: '/a/',
        managedPolicies: { required: [], optional: ['arn:aws:iam::aws:policy/SecurityAudit'] },
        tags: [{ key: 'env', value: 'sandbox' }],
      },
    ],
    ["is the target's own, which is not merged with its class", own, { description: 'own', path: '/a/', tags: [] }],
    ['is that of the defaults where the class has none', admins[0], { description: 'from the defaults', path: '/' }],
  ])('%s', (_, target, role) => {
    expect(target?.role.value).toMatchObject(role);
  });

  test('may be the name, so that an account has several roles', () => {
    expect([own, ...admins].map((target) => target?.roleArn)).toEqual([
      'arn:aws:iam::444444444444:role/a/Micetro',
      'arn:aws:iam::444444444444:role/Micetro-Admin',
      'arn:aws:iam::444444444444:role/Own',
    ]);
  });
});

describe('classes that no target has', () => {
  test('are listed with their lines', () => {
    const rest = 'classes:\n  used: {}\n  unused: {}\n  other: { trust: hub-user }\n';
    const { unusedClasses } = desiredOf(fileWith({ targets: ['{ account: "222222222222", class: used }'], rest }));
    expect(unusedClasses.map(({ name, location }) => `${name} ${location.line}:${location.column}`)).toEqual(['unused 10:3', 'other 11:3']);
  });
});

describe('a trust by its principals', () => {
  const trustOf = (trust: string) => {
    const [target] = targetsOf([`{ account: "222222222222", name: two, trust: ${trust} }`], '');
    return asWritten(target?.role.value?.trust);
  };
  const allows = (principal: string | readonly string[], externalId?: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        ...(externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  });

  test.each<[string, string, object]>([
    ['the hub user', '{ principals: [hub-user] }', allows('arn:aws:iam::111111111111:user/micetro')],
    ['the hub account', '{ principals: [hub-account], externalId: x-1 }', allows('arn:aws:iam::111111111111:root', 'x-1')],
    [
      'several, with an external id for all',
      '{ principals: [hub-user, "333333333333", "arn:aws:iam::444444444444:role/ops/Admin"], externalId: e2 }',
      allows(
        ['arn:aws:iam::111111111111:user/micetro', 'arn:aws:iam::333333333333:root', 'arn:aws:iam::444444444444:role/ops/Admin'],
        'e2',
      ),
    ],
    [
      'placeholders',
      '{ principals: ["{account}", "arn:{partition}:iam::{hubAccount}:user/{targetName}"], externalId: "{account}-{targetName}" }',
      allows(['arn:aws:iam::222222222222:root', 'arn:aws:iam::111111111111:user/two'], '222222222222-two'),
    ],
    [
      'a session of a role',
      '{ principals: ["arn:aws:sts::333333333333:assumed-role/Admin/me"] }',
      allows('arn:aws:sts::333333333333:assumed-role/Admin/me'),
    ],
  ])('%s', (_, trust, document) => {
    expect(trustOf(trust)).toEqual(document);
  });

  test.each([
    ['hub-user', '{ principals: [hub-user] }'],
    ['hub-account', '{ principals: [hub-account] }'],
  ])('is the same as the word %s', (word, short) => {
    expect(trustOf(short)).toEqual(trustOf(word));
  });
});

/** Values of a key of a role, of which a file may state any. */
const values = {
  roleName: fc.constantFrom('Micetro', 'Other-{account}'),
  path: fc.constantFrom('/', '/a/', '/{targetName}/'),
  trust: fc.constantFrom<unknown>('hub-user', 'hub-account', { principals: ['hub-user', '{account}'], externalId: 'e-{account}' }),
  managedPolicies: fc.constantFrom<unknown>([], ['ReadOnlyAccess'], { required: ['policy/{targetName}'], optional: ['SecurityAudit'] }),
  inlinePolicies: fc.constantFrom<unknown>(
    {},
    { 'p-{account}': { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::{targetName}' }] } },
  ),
  permissionsBoundary: fc.constantFrom('none', 'policy/boundary'),
  maxSessionDuration: fc.constantFrom(3600, 7200),
  description: fc.constantFrom('', 'of {targetName}'),
  tags: fc.constantFrom({}, { team: 'ddi' }, { '{targetName}': '{roleName}' }),
};
const roleKeys = fc.record(values, { requiredKeys: [] });
type RoleKeys = Readonly<Record<string, unknown>>;

describe('a file with classes', () => {
  test('says what the file says that has every key at every target', () => {
    fc.assert(
      fc.property(
        roleKeys,
        fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), roleKeys),
        fc.array(fc.record({ class: fc.constantFrom('a', 'b', 'constructor', undefined), own: roleKeys }), { minLength: 1, maxLength: 4 }),
        (defaults, classes, targets) => {
          const place = (index: number) => ({ account: String(200_000_000_000 + index), name: `n${index}` });
          const known = (name: string | undefined) => (name !== undefined && Object.hasOwn(classes, name) ? name : undefined);
          const short = targets.map(({ class: name, own }, index) => {
            const of = known(name);
            return { ...place(index), ...(of === undefined ? {} : { class: of }), ...own };
          });
          const whole = targets.map(({ class: name, own }, index): RoleKeys => {
            const of = known(name);
            return { ...place(index), ...defaults, ...(of === undefined ? {} : classes[of]), ...own };
          });
          expect(stateOf({ defaults, classes, targets: short })).toEqual(stateOf({ targets: whole }));
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

function stateOf(parts: RoleKeys): unknown {
  const hub = { account: '111111111111', user: 'micetro', group: 'micetro-targets' };
  const { targets, ...state } = desiredOf(stringify({ version: 1, hub, ...parts })).state;
  // What is stated of a target is compared, not where it is stated.
  return asWritten({ ...state, targets: targets.map(({ class: _class, ...target }) => target) });
}
