import { expect, test } from '@jest/globals';
import { accessBefore, effectOf } from '../../src/plan/effect.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { Entity } from '../../src/state/entity.ts';
import type { IamProperty, PropertyValue } from '../../src/state/property.ts';
import { assume, identityPolicy, managed, trustPolicy } from '../drift/estate.ts';

/** How a property that is set counts against the limits of a run. */

const of: Entity = { kind: 'Role', account: '222222222222', name: 'Micetro' };
const group: Entity = { kind: 'Group', account: '111111111111', name: 'micetro-targets' };
const admin = managed('AdministratorAccess');
const s3 = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
const get = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const ec2 = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const mixed = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' });
const trusting = (...accounts: string[]) =>
  trustPolicy({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accounts.map((id) => `arn:aws:iam::${id}:root`) }, Action: 'sts:AssumeRole' }],
  });
const [ONE, BOTH] = [trusting('111111111111'), trusting('111111111111', '999999999999')];
const bare = trustPolicy({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }],
});
const tags = [{ key: 'team', value: 'a' }];

function policy(...statements: readonly object[]) {
  return identityPolicy({ Version: '2012-10-17', Statement: statements });
}

const inline: IamProperty = { kind: 'inline', of, name: 'p' };
const attached: IamProperty = { kind: 'attached', of, arn: admin };
const boundary: IamProperty = { kind: 'boundary', of };
const trust: IamProperty = { kind: 'trust', of };
const creation = { kind: 'Role', path: '/', trust: ONE, description: '', maxSessionDuration: 3600, boundary: null, tags: [] } as const;

test.each<readonly [string, IamProperty, PropertyValue, PropertyValue, string]>([
  ['a role comes', { kind: 'entity', of }, null, creation, 'grant'],
  ['a role goes', { kind: 'entity', of }, creation, null, 'revoke'],
  ['a managed policy comes', attached, null, admin, 'grant'],
  ['a managed policy goes', attached, admin, null, 'revoke'],
  ['a member comes', { kind: 'member', of: group, user: 'x' }, null, true, 'grant'],
  ['a member goes', { kind: 'member', of: group, user: 'x' }, true, null, 'revoke'],
  ['a boundary comes', boundary, null, admin, 'revoke'],
  ['a boundary goes', boundary, admin, null, 'grant'],
  ['a boundary gives way to another', boundary, admin, managed('ReadOnlyAccess'), 'both'],
  ['a boundary stays', boundary, admin, admin, 'neither'],
  ['a policy that allows comes', inline, null, s3, 'grant'],
  ['a policy that allows goes', inline, s3, null, 'revoke'],
  ['a policy that denies comes', inline, null, deny, 'revoke'],
  ['a policy that denies goes', inline, deny, null, 'grant'],
  ['a policy that does both comes', inline, null, mixed, 'both'],
  ['a policy that does both goes', inline, mixed, null, 'both'],
  ['a policy allows more', inline, get, s3, 'grant'],
  ['a policy allows less', inline, s3, get, 'revoke'],
  ['a policy allows something else', inline, s3, ec2, 'both'],
  ['a policy is written in another form', inline, identityPolicy(s3.text), s3, 'neither'],
  ['a policy comes that is none', inline, null, identityPolicy('{'), 'both'],
  [
    'a grant comes',
    { kind: 'inline', of: group, name: 'p' },
    null,
    identityPolicy(assume('arn:aws:iam::222222222222:role/Micetro')),
    'grant',
  ],
  ['a trust lets in more', trust, ONE, BOTH, 'grant'],
  ['a trust lets in less', trust, BOTH, ONE, 'revoke'],
  ['a trust is written in another form', trust, ONE, bare, 'neither'],
  ['a trust that is none', trust, ONE, trustPolicy('{'), 'both'],
  [
    'settings change',
    { kind: 'settings', of },
    { description: 'a', maxSessionDuration: 3600 },
    { description: 'b', maxSessionDuration: 7200 },
    'neither',
  ],
  ['tags change', { kind: 'tags', of, keys: ['team'] }, [], tags, 'neither'],
])('%s', (_name, property, before, after, effect) => {
  expect(effectOf([{ access: accessBefore({ property, before, after }, new Comparer()) }])).toBe(effect);
});
