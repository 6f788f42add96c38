import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { parseDesired } from '../../src/desired/index.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { pathOf } from '../docs/pages.ts';
import { type Case, HUB, HUB_CASES, listed, MANAGEMENT, ORGANIZATION_CASES, TARGET, TARGET_CASES } from './cases.ts';
import { mapping, outputsOf, parametersOf, refusals, resourcesOf, template } from './stack.ts';

const TEMPLATES = { hub: template('hub'), target: template('target'), organization: template('organization') };

/** What the stacks make, for sample parameters, is what the list of calls asks for. */

const SIDES = [
  { side: 'hub', account: HUB, cases: HUB_CASES },
  { side: 'target', account: TARGET, cases: TARGET_CASES },
  { side: 'organization', account: MANAGEMENT, cases: ORGANIZATION_CASES },
] as const;

describe.each(SIDES)('$side.yaml', ({ side, account, cases }) => {
  const source = TEMPLATES[side];
  const made = ({ cloudFormation, partition }: Case) => resourcesOf(source, cloudFormation, { partition, account });
  const role = (properties: ReturnType<typeof made>[string] | undefined) => {
    if (properties === undefined) return undefined;
    const [policy] = Array.isArray(properties.Policies) ? properties.Policies : [];
    const { AssumeRolePolicyDocument: trust, Path: path, PermissionsBoundary: boundary } = properties;
    return { trust: listed(trust), policy: listed(mapping(policy).PolicyDocument), path, boundary };
  };
  const wanted = (documents: Case['fixer']) =>
    documents && { ...documents, trust: listed(documents.trust), policy: listed(documents.policy) };

  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { Auditor, Fixer } = made(one);
    expect(role(Auditor)).toEqual(wanted(one.auditor));
    expect(role(Fixer)).toEqual(wanted(one.fixer));
    for (const documents of [one.auditor, one.fixer]) {
      if (documents === undefined) continue;
      expect(parsePolicy(JSON.stringify(documents.trust), 'trust').problem).toBeNull();
      expect(parsePolicy(JSON.stringify(documents.policy), 'identity').problem).toBeNull();
    }
  });

  test('every parameter is explained, and its default fits its pattern', () => {
    for (const [name, { Description, Default, AllowedPattern }] of Object.entries(parametersOf(source))) {
      expect({ name, explained: typeof Description }).toEqual({ name, explained: 'string' });
      if (typeof AllowedPattern === 'string' && typeof Default === 'string') expect(Default).toMatch(new RegExp(AllowedPattern));
    }
  });

  test('nothing in it is of one account or partition', () => {
    expect(source.text.match(/\b\d{12}\b|arn:aws[:-]/g)).toBeNull();
  });
});

test.each([
  ['a fixer that may change every role', { WithFixer: 'true', RoleName: '*' }, ['FixerNamesItsRoles']],
  ['an auditor that may read every role', { RoleName: '*' }, []],
  ['a fixer of a path', { WithFixer: 'true', RoleName: 'ddi/*' }, []],
])('%s', (_name, given, refused) => {
  expect(refusals(TEMPLATES.target, { HubAccount: HUB, ...given }, { partition: 'aws', account: TARGET })).toEqual(refused);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['the least', {}, {}],
  [
    'paths, an external id, and a fixer',
    { RolePath: '/ddi/tools/', UserName: 'ddi/micetro', GroupName: 'ddi/targets', WithFixer: 'true' },
    { RolePath: '/ddi/', ExternalId: 'drift:audit', WithFixer: 'true' },
  ],
])('the outputs are lines of the file: %s', (_name, ofHub, ofTarget) => {
  const inHub = outputsOf(TEMPLATES.hub, { GitHubRepository: 'your-org/your-repo', ...ofHub }, { partition: 'aws', account: HUB });
  const inTarget = outputsOf(TEMPLATES.target, { HubAccount: HUB, ...ofTarget }, { partition: 'aws', account: TARGET });
  const lines = ['version: 1', inHub.FileHub, inTarget.FileAuditor, inTarget.FileFixer ?? '', `targets: ["${TARGET}"]`];
  const parsed = parseDesired(lines.join('\n'), { path: 'assume-role.yml' });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  const { auditor, fixer, state } = parsed.desired;
  const arn = ({ roleName, path }: typeof auditor) => `arn:aws:iam::${TARGET}:role${path ?? '/'}${roleName}`;
  expect([arn(auditor), ofTarget.WithFixer && arn(fixer)]).toEqual([inTarget.AuditorRoleArn, inTarget.FixerRoleArn]);
  expect([auditor.externalId, state.hub.account]).toEqual([ofTarget.ExternalId, HUB]);
  expect(inHub.AuditorRoleArn).toBe(`arn:aws:iam::${HUB}:role/${inHub.HubAuditorRoleName}`);
});

test('the provider is made where the account has none', () => {
  const [least, , , , , own] = HUB_CASES;
  const provider = (one: Case | undefined) =>
    resourcesOf(TEMPLATES.hub, one?.cloudFormation ?? {}, { partition: 'aws', account: HUB }).OidcProvider;
  expect(provider(least)).toEqual({ Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] });
  expect(provider(own)).toBeUndefined();
});

test.each([
  [
    'hub',
    'GitHubRepository',
    ['your-org/your-repo', 'a/b.c_d-e'],
    ['your-org', 'your-org/*', '*/repo', 'your-org/repo:ref', 'your-org/a/b'],
  ],
  ['hub', 'GitHubBranch', ['main', 'release/1.0'], ['*', 'release/*', '', 'a b', '$x']],
  ['hub', 'GitHubEnvironment', ['aws-repair', ''], ['*', 'a:b']],
  [
    'hub',
    'OidcProviderArn',
    ['', `arn:aws:iam::${HUB}:oidc-provider/token.actions.githubusercontent.com`],
    [`arn:aws:iam::${HUB}:oidc-provider/example.com`],
  ],
  ['hub', 'UserName', ['micetro', 'ddi/micetro'], ['*', 'mice*', '']],
  ['target', 'HubAccount', [HUB], ['*', '1111', 'hub']],
  [
    'target',
    'RoleName',
    ['Micetro', 'ddi/Micetro', '*', 'Mice*', 'ddi/*', 'a,b,c,d,e*'],
    ['', 'a, b', '**', '*,a', 'M*o', '*cetro', 'a,', ',a', 'a,b,c,d,e,f'],
  ],
  ['target', 'RolePath', ['/', '/ddi/', '/ddi/tools/'], ['', 'ddi', '/ddi', 'ddi/', '//', '/*/']],
  ['hub', 'RolePath', ['/', '/ddi/'], ['', 'ddi/']],
  ['hub', 'TargetAuditorRoleName', ['AssumeRoleAuditor', 'ddi/AssumeRoleAuditor'], ['*', 'Assume*', '']],
  ['hub', 'TargetFixerRoleName', ['AssumeRoleFixer', 'ddi/AssumeRoleFixer'], ['*', 'Assume*', '']],
  ['hub', 'OrganizationRoleArn', ['', `arn:aws:iam::${TARGET}:role/ddi/Lister`], [TARGET, `arn:aws:iam::${TARGET}:user/x`, '*']],
  ['organization', 'RolePath', ['/', '/ddi/'], ['', 'ddi/']],
  ...(['hub', 'target', 'organization'] as const).map(
    (side) => [side, 'RoleBoundary', ['', 'policy/x', 'policy/org/x', `arn:aws:iam::${HUB}:policy/x`], ['x', '*', 'policy/*']] as const,
  ),
  ['target', 'ExternalId', ['', 'drift-audit'], ['a', 'a b', '*']],
  [
    'target',
    'RequiredBoundaryArn',
    ['', 'policy/x', `arn:aws:iam::${TARGET}:policy/x`, 'arn:aws-cn:iam::aws:policy/X'],
    ['*', 'x', `arn:aws:iam::${TARGET}:role/x`, 'policy/x*'],
  ],
] as const)('%s.yaml takes for %s only what is one', (side, name, good, bad) => {
  const pattern = new RegExp(String(parametersOf(TEMPLATES[side])[name]?.AllowedPattern));
  expect(good.filter((value) => !pattern.test(value))).toEqual([]);
  expect(bad.filter((value) => pattern.test(value))).toEqual([]);
});

const lint = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
const whereItIs = lint.status === 0 ? test : test.skip;
whereItIs(
  'cfn-lint has nothing to say',
  () => {
    const files = SIDES.map(({ side }) => pathOf(`templates/cloudformation/${side}.yaml`));
    const { status, stdout } = spawnSync('cfn-lint', files, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  },
  60_000,
);
