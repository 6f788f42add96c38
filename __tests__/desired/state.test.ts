import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { asWritten, desiredOf, fileWith, PATH, SMALL, WHOLE } from './files.ts';

const grant = (arn: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: arn }],
});

const smallTarget = (account: string) => ({
  account,
  name: undefined,
  owner: undefined,
  roleName: 'Micetro',
  roleArn: `arn:aws:iam::${account}:role/Micetro`,
  grantGroup: undefined,
  role: {
    name: 'Micetro',
    value: {
      path: '/',
      arn: `arn:aws:iam::${account}:role/Micetro`,
      trust: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'sts:AssumeRole' }],
      },
      managedPolicies: {
        required: ['arn:aws:iam::aws:policy/AmazonRoute53FullAccess', 'arn:aws:iam::aws:policy/AmazonEC2FullAccess'],
        optional: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
      },
      inlinePolicies: [],
      boundary: null,
      maxSessionDuration: undefined,
      description: undefined,
      tags: undefined,
    },
  },
});

describe('the smallest file', () => {
  const desired = desiredOf(SMALL);

  test('takes everything else from the multi-account guide', () => {
    expect(asWritten(desired.state)).toStrictEqual({
      partition: 'aws',
      hub: {
        account: '111111111111',
        user: {
          name: 'micetro',
          value: {
            path: undefined,
            arn: 'arn:aws:iam::111111111111:user/micetro',
            managedPolicies: { required: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'], optional: [] },
            inlinePolicies: [],
            boundary: null,
            groups: { required: ['micetro-targets'], optional: [] },
            accessKeys: { min: 1, max: 2, maxAgeDays: undefined, listed: [] },
            otherCredentials: { any: false, listed: [], isDefault: true },
            consoleLogin: false,
          },
        },
        managedDocuments: [],
        otherGroups: [],
        groups: [
          {
            name: 'micetro-targets',
            value: {
              path: undefined,
              arn: 'arn:aws:iam::111111111111:group/micetro-targets',
              members: [{ name: 'micetro', arn: 'arn:aws:iam::111111111111:user/micetro' }],
              managedPolicies: { required: [], optional: [] },
              inlinePolicies: [
                { name: 'assume-222222222222-Micetro', document: grant('arn:aws:iam::222222222222:role/Micetro') },
                { name: 'assume-333333333333-Micetro', document: grant('arn:aws:iam::333333333333:role/Micetro') },
              ],
            },
          },
        ],
      },
      targets: [smallTarget('222222222222'), smallTarget('333333333333')],
      accounts: [{ account: '222222222222' }, { account: '333333333333' }],
    });
  });

  test('and the rest that is no state', () => {
    const { exceptions, auditor, fixer, grants, source } = desired;
    expect({ exceptions, auditor, fixer, grants, source }).toStrictEqual({
      exceptions: [],
      auditor: { roleName: 'AssumeRoleAuditor', externalId: undefined },
      fixer: { roleName: 'AssumeRoleFixer', externalId: undefined },
      grants: { policyName: 'assume-{account}-{roleName}', layout: 'one-per-account' },
      source: { path: PATH, sha256: createHash('sha256').update(SMALL).digest('hex') },
    });
  });
});

const fixerTrustedBy = (name: string, account: string) => {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws-us-gov:iam::111111111111:role/${name}-${account}` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'f-1' } },
  };
  const trust = { Version: '2012-10-17', Statement: [statement] };
  return [{ tool: 'fixer', roleName: 'AssumeRoleFixer', roleArn: `arn:aws-us-gov:iam::${account}:role/AssumeRoleFixer`, trust }];
};

describe('the whole form', () => {
  const { state, ...rest } = desiredOf(WHOLE);

  test('the user', () => {
    expect(asWritten(state.hub.user)).toStrictEqual({
      name: 'micetro',
      value: {
        path: undefined,
        arn: 'arn:aws-us-gov:iam::111111111111:user/micetro',
        managedPolicies: {
          required: ['arn:aws-us-gov:iam::aws:policy/IAMReadOnlyAccess'],
          optional: ['arn:aws-us-gov:iam::111111111111:policy/team/dns'],
        },
        inlinePolicies: [
          {
            name: 'own-keys',
            document: {
              Version: '2012-10-17',
              Statement: [
                // biome-ignore lint/suspicious/noTemplateCurlyInString: an IAM policy variable
                { Effect: 'Allow', Action: 'iam:*AccessKey*', Resource: 'arn:aws-us-gov:iam::111111111111:user/${aws:username}' },
              ],
            },
          },
        ],
        boundary: 'arn:aws-us-gov:iam::111111111111:policy/boundary',
        groups: { required: ['micetro-targets', 'second'], optional: ['billing', 'audit-aws-us-gov', 'empty'] },
        accessKeys: { min: 0, max: 1, maxAgeDays: 90, listed: [] },
        otherCredentials: { any: true, listed: [] },
        consoleLogin: true,
      },
    });
  });

  test('the organization', () => {
    expect(state.organization).toStrictEqual({
      scope: {
        include: ['ou-ab12-11111111', 'r-ab12'],
        exclude: { accounts: ['444444444444'], units: ['ou-ab12-22222222'] },
      },
    });
    expect(desiredOf(SMALL).state.organization).toBeUndefined();
    expect(desiredOf(fileWith({ rest: 'organization: {}' })).state.organization).toStrictEqual({
      scope: { include: [], exclude: { accounts: [], units: [] } },
    });
  });

  test('the other groups whose policies it states', () => {
    const arn = 'arn:aws-us-gov:iam::111111111111:group/';
    const unstated = { path: undefined, members: undefined };
    expect(state.hub.otherCallers).toStrictEqual([
      { kind: 'Role', path: undefined, name: 'Admin' },
      { kind: 'Role', path: '/aws-reserved/aws-us-gov/', name: 'Ops' },
      { kind: 'User', path: undefined, name: 'break-glass-111111111111' },
      { kind: undefined, path: undefined, name: 'anybody' },
    ]);
    expect(asWritten(state.hub.otherGroups)).toStrictEqual([
      {
        name: 'audit-aws-us-gov',
        value: {
          ...unstated,
          arn: `${arn}audit-aws-us-gov`,
          managedPolicies: { required: [], optional: ['arn:aws-us-gov:iam::aws:policy/SecurityAudit'] },
          inlinePolicies: [
            {
              name: 'list',
              document: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: 'arn:aws-us-gov:s3:::111111111111' }],
              },
            },
          ],
        },
      },
      { name: 'empty', value: { ...unstated, arn: `${arn}empty`, managedPolicies: { required: [], optional: [] }, inlinePolicies: [] } },
    ]);
  });

  test('the groups, each with its grants', () => {
    expect(asWritten(state.hub.groups)).toStrictEqual([
      {
        name: 'micetro-targets',
        value: {
          path: undefined,
          arn: 'arn:aws-us-gov:iam::111111111111:group/micetro-targets',
          members: [
            { name: 'micetro', arn: 'arn:aws-us-gov:iam::111111111111:user/micetro' },
            { name: 'backup', arn: 'arn:aws-us-gov:iam::111111111111:user/backup' },
          ],
          managedPolicies: { required: ['arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess'], optional: [] },
          inlinePolicies: [
            {
              name: 'extra',
              document:
                '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"arn:aws-us-gov:iam::*:role/Admin"}}',
            },
            { name: 'go-test-111111111111', document: grant('arn:aws-us-gov:iam::333333333333:role/Other') },
          ],
        },
      },
      {
        name: 'second',
        value: {
          path: undefined,
          arn: 'arn:aws-us-gov:iam::111111111111:group/second',
          members: [{ name: 'micetro', arn: 'arn:aws-us-gov:iam::111111111111:user/micetro' }],
          managedPolicies: { required: [], optional: [] },
          inlinePolicies: [{ name: 'go-prod-111111111111', document: grant('arn:aws-us-gov:iam::222222222222:role/micetro/Micetro-prod') }],
        },
      },
    ]);
  });

  test('a target that takes the defaults', () => {
    expect(asWritten(state.targets[0])).toStrictEqual({
      account: '222222222222',
      name: 'prod',
      owner: '@acme/prod',
      roleName: 'Micetro-prod',
      roleArn: 'arn:aws-us-gov:iam::222222222222:role/micetro/Micetro-prod',
      grantGroup: 'second',
      role: {
        name: 'Micetro-prod',
        value: {
          path: '/micetro/',
          arn: 'arn:aws-us-gov:iam::222222222222:role/micetro/Micetro-prod',
          trust: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws-us-gov:iam::111111111111:user/micetro' }, Action: 'sts:AssumeRole' }],
          },
          managedPolicies: { required: ['arn:aws-us-gov:iam::aws:policy/AmazonRoute53FullAccess'], optional: [] },
          inlinePolicies: [
            {
              name: 'dns-222222222222',
              document: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'route53:*',
                    Resource: '*',
                    Condition: { StringEquals: { 'aws:PrincipalTag/prod': 'Micetro-prod' } },
                  },
                ],
              },
            },
          ],
          boundary: 'arn:aws-us-gov:iam::222222222222:policy/b',
          maxSessionDuration: 7200,
          description: 'DNS of prod',
          tags: [
            { key: 'team', value: 'ddi' },
            { key: 'for-222222222222', value: 'Micetro-prod' },
          ],
        },
      },
    });
  });

  test('a target whose own keys replace the defaults, empty ones too', () => {
    expect(asWritten(state.targets[1])).toStrictEqual({
      account: '333333333333',
      class: 'test',
      name: 'test',
      owner: undefined,
      roleName: 'Other',
      roleArn: 'arn:aws-us-gov:iam::333333333333:role/Other',
      grantGroup: undefined,
      role: {
        name: 'Other',
        value: {
          path: '/',
          arn: 'arn:aws-us-gov:iam::333333333333:role/Other',
          trust: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: '111111111111' },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': '333333333333' } },
              },
            ],
          },
          managedPolicies: { required: [], optional: ['arn:aws-us-gov:iam::aws:policy/AmazonEC2FullAccess'] },
          inlinePolicies: [],
          boundary: null,
          maxSessionDuration: 3600,
          description: '',
          tags: [],
        },
      },
    });
  });

  test('the accounts', () => {
    expect(asWritten(state.accounts)).toStrictEqual([
      { account: '222222222222', toolTrusts: fixerTrustedBy('prod', '222222222222') },
      { account: '333333333333', toolTrusts: fixerTrustedBy('test', '333333333333') },
    ]);
  });

  test('the rest', () => {
    const { exceptions, auditor, fixer, grants } = rest;
    expect({ exceptions, auditor, fixer, grants }).toStrictEqual({
      exceptions: [
        {
          rule: 'role-policy-extra',
          account: '222222222222',
          resource: 'arn:aws-us-gov:iam::222222222222:role/Micetro-prod',
          roleName: undefined,
          finding: undefined,
          owner: '@acme/ddi',
          reason: 'until prod has moved',
          expires: '2027-01-31',
          location: { file: PATH, line: 62, column: 5 },
        },
        {
          rule: 'grant-extra',
          account: undefined,
          resource: undefined,
          roleName: 'Micetro-aws-us-gov',
          finding: '0ab1c2d3e4f50617',
          owner: '@acme/ddi',
          reason: 'legacy',
          expires: '2028-02-29',
          location: { file: PATH, line: 68, column: 5 },
        },
      ],
      auditor: { roleName: 'Audit-aws-us-gov', externalId: 'hub:111111111111' },
      fixer: { roleName: 'AssumeRoleFixer', externalId: 'f-1' },
      grants: { policyName: 'go-{targetName}-{hubAccount}', layout: 'one-per-account' },
    });
  });
});

describe('single values', () => {
  const roleOf = (defaults: string) => desiredOf(fileWith({ rest: `defaults: ${defaults}\n` })).state.targets[0]?.role.value;

  test.each<[string, string]>([
    ['IAMReadOnlyAccess', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
    ['job-function/ViewOnlyAccess', 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'],
    ['service-role/AWSBatchServiceRole', 'arn:aws:iam::aws:policy/service-role/AWSBatchServiceRole'],
    ['policy/mine', 'arn:aws:iam::222222222222:policy/mine'],
    ['policy/team/dns/mine', 'arn:aws:iam::222222222222:policy/team/dns/mine'],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['"arn:aws:iam::{account}:policy/p-{roleName}"', 'arn:aws:iam::222222222222:policy/p-Micetro'],
  ])('the managed policy %s', (reference, arn) => {
    expect(roleOf(`{ managedPolicies: [${reference}], permissionsBoundary: ${reference} }`)).toMatchObject({
      managedPolicies: { required: [arn], optional: [] },
      boundary: arn,
    });
  });

  test('partition aws-cn in every ARN', () => {
    const desired = desiredOf(fileWith({ hub: '  partition: aws-cn\n  group: g\n' }));
    const arns = JSON.stringify(desired.state).match(/arn:[^"]*/g) ?? [];
    expect(arns.length).toBeGreaterThan(8);
    expect(arns.filter((arn) => !arn.startsWith('arn:aws-cn:iam::'))).toEqual([]);
  });

  test('no access key at all', () => {
    const text = fileWith({}).replace('user: micetro', 'user: { name: micetro, accessKeys: { max: 0 } }');
    expect(desiredOf(text).state.hub.user.value?.accessKeys).toMatchObject({ min: 0, max: 0 });
  });

  test('names that JavaScript objects have a meaning for', () => {
    const document = '{ Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }';
    const role = roleOf(`{ inlinePolicies: { __proto__: ${document}, constructor: ${document} }, tags: { __proto__: a, toString: b } }`);
    expect(role?.inlinePolicies?.map((policy) => policy.name)).toEqual(['__proto__', 'constructor']);
    expect(role?.tags).toEqual([
      { key: '__proto__', value: 'a' },
      { key: 'toString', value: 'b' },
    ]);
  });

  test('a default with {targetName} that no target without a name takes', () => {
    const targets = ['{ account: "222222222222", description: own }', '{ account: "333333333333", name: test }'];
    const { state } = desiredOf(fileWith({ targets, rest: 'defaults: { description: "of {targetName}" }\n' }));
    expect(state.targets.map((target) => target.role.value?.description)).toEqual(['own', 'of test']);
  });

  test('braces that are no placeholders', () => {
    const text =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an IAM policy variable
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::a{1,2}/${aws:username}","Condition":{}}]}';
    const role = roleOf(`{ inlinePolicies: { p: '${text}' } }`);
    expect(asWritten(role?.inlinePolicies)).toEqual([{ name: 'p', document: text }]);
  });

  test('a value that JSON text needs escaped', () => {
    const targets = ['{ account: "222222222222", name: \'a"b\\c\' }'];
    const trust = `'{"Version":"2012-10-17","Statement":[{"Sid":"{targetName}","Effect":"Allow","Principal":{"AWS":"{hubAccount}"},"Action":"sts:AssumeRole"}]}'`;
    const role = desiredOf(fileWith({ targets, rest: `defaults: { trust: ${trust} }\n` })).state.targets[0]?.role.value;
    expect(JSON.parse(String(role?.trust?.source))).toMatchObject({ Statement: [{ Sid: 'a"b\\c' }] });
  });
});
