import { describe, expect, test } from '@jest/globals';
import { parseDesired } from '../../src/desired/index.ts';
import { PATH } from './files.ts';

const HUB = '111111111111';
const ONE = '222222222222';

interface Named {
  readonly user?: string;
  readonly group?: string;
  readonly more?: string;
  readonly target?: string;
}

function parse({ user = 'micetro', group = 'micetro-targets', more = '', target = `"${ONE}"` }: Named) {
  const text = `version: 1\nhub: { account: "${HUB}", user: ${user}, group: ${group} }\n${more}\ntargets: [${target}]\n`;
  return parseDesired(text, { path: PATH });
}

function desiredOf(named: Named) {
  const parsed = parse(named);
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  return parsed.desired;
}

describe('a user or group with its path', () => {
  const { hub, targets } = desiredOf({
    user: '{ name: ddi/eu/micetro, otherGroups: [people/readers, { name: people/staff }] }',
    group: '{ name: ddi/targets, members: [ddi/eu/micetro, guests/guest] }',
    more: 'defaults: { trust: hub-user }',
    target: `{ account: "${ONE}", group: ddi/targets }`,
  }).state;

  test('is called by its name, as IAM does, and has its ARN with the path', () => {
    expect(hub.user).toMatchObject({ name: 'micetro', value: { path: '/ddi/eu/', arn: `arn:aws:iam::${HUB}:user/ddi/eu/micetro` } });
    expect(hub.user.value?.groups).toEqual({ required: ['targets'], optional: ['readers', 'staff'] });
    expect(hub.groups).toMatchObject([{ name: 'targets', value: { path: '/ddi/', arn: `arn:aws:iam::${HUB}:group/ddi/targets` } }]);
    expect(hub.groups[0]?.value?.members).toEqual([
      { name: 'micetro', arn: `arn:aws:iam::${HUB}:user/ddi/eu/micetro` },
      { name: 'guest', arn: `arn:aws:iam::${HUB}:user/guests/guest` },
    ]);
    expect(hub.otherGroups).toMatchObject([{ name: 'staff', value: { path: '/people/' } }]);
  });

  test('is the principal of hub-user', () => {
    expect(targets[0]?.role.value?.trust?.text).toContain(`"arn:aws:iam::${HUB}:user/ddi/eu/micetro"`);
    expect(targets[0]?.grantGroup).toBe('targets');
  });

  test('without a path says nothing of it', () => {
    const bare = desiredOf({}).state.hub;
    expect([bare.user.value?.path, bare.groups[0]?.value?.path]).toEqual([undefined, undefined]);
  });
});

test("the action's own roles may have a path", () => {
  const more = `auditor: { roleName: ddi/tools/Reader, trustedBy: "arn:aws:iam::${HUB}:role/ddi/DriftAuditor" }\nfixer: { roleName: Mender }`;
  const { auditor, fixer, state } = desiredOf({ more });
  expect([auditor, fixer]).toEqual([
    { path: '/ddi/tools/', roleName: 'Reader', externalId: undefined },
    { roleName: 'Mender', externalId: undefined },
  ]);
  expect(state.accounts[0]?.toolTrusts).toMatchObject([{ roleName: 'Reader', roleArn: `arn:aws:iam::${ONE}:role/ddi/tools/Reader` }]);
});

describe('IAM has no two of one name, whatever their paths', () => {
  test.each<[string, Named, string]>([
    ['groups', { user: '{ name: micetro, otherGroups: [{ name: x/a }, { name: y/A }] }' }, 'hub.user.otherGroups[1].name'],
    ['members', { group: '{ name: g, members: [x/ann, y/Ann] }' }, 'hub.group.members[1]'],
    [
      'roles of the action',
      {
        more: ['auditor', 'fixer'].map((tool) => `${tool}: { roleName: ${tool}/R, trustedBy: "arn:aws:iam::${HUB}:role/D" }`).join('\n'),
      },
      'fixer.trustedBy',
    ],
  ])('%s', (_what, named, path) => {
    const parsed = parse(named);
    expect('errors' in parsed && parsed.errors.map((error) => error.path)).toEqual([path]);
  });
});

test.each(['/ddi/micetro', 'ddi//micetro', 'ddi/', 'a b/micetro', `ddi/${'x'.repeat(65)}`])('%s is not one', (user) => {
  const parsed = parse({ user: `"${user}"` });
  const expected = 'a user name: 1 to 64 letters, digits and +=,.@_-, after its path if it has one (ddi/micetro)';
  expect('errors' in parsed && parsed.errors.map((error) => error.expected)).toEqual([expected]);
});
