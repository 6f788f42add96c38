import { expect, test } from '@jest/globals';
import { accessOf, effectOf } from '../../src/plan/effect.ts';
import type { Entity, Part } from '../../src/plan/part.ts';
import { assume, managed } from '../drift/estate.ts';

/** How a part that is set counts against the limits of a run. */

const of: Entity = { kind: 'Role', account: '222222222222', name: 'Micetro' };
const group: Entity = { kind: 'Group', account: '111111111111', name: 'micetro-targets' };
const admin = managed('AdministratorAccess');
const s3 = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
const get = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const ec2 = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' });
const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const mixed = policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' });
const trusting = (...accounts: string[]) =>
  policy({ Effect: 'Allow', Principal: { AWS: accounts.map((id) => `arn:aws:iam::${id}:root`) }, Action: 'sts:AssumeRole' });
const [ONE, BOTH] = [trusting('111111111111'), trusting('111111111111', '999999999999')];
const bare = policy({ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' });
const tags = [{ key: 'team', value: 'a' }];

function policy(...statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements };
}

const inline: Part = { kind: 'inline', of, name: 'p' };
const attached: Part = { kind: 'attached', of, arn: admin };
const boundary: Part = { kind: 'boundary', of };
const trust: Part = { kind: 'trust', of };

test.each<readonly [string, Part, unknown, unknown, string]>([
  ['a role comes', { kind: 'entity', of }, null, { path: '/' }, 'grant'],
  ['a role goes', { kind: 'entity', of }, { path: '/' }, null, 'revoke'],
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
  ['a policy is written in another form', inline, JSON.stringify(s3), s3, 'neither'],
  ['a policy comes that is none', inline, null, '{', 'both'],
  ['a grant comes', { kind: 'inline', of: group, name: 'p' }, null, assume('arn:aws:iam::222222222222:role/Micetro'), 'grant'],
  ['a trust lets in more', trust, ONE, BOTH, 'grant'],
  ['a trust lets in less', trust, BOTH, ONE, 'revoke'],
  ['a trust is written in another form', trust, ONE, bare, 'neither'],
  ['a trust that is none', trust, ONE, '{', 'both'],
  [
    'settings change',
    { kind: 'settings', of },
    { description: 'a', maxSessionDuration: 3600 },
    { description: 'b', maxSessionDuration: 7200 },
    'neither',
  ],
  ['tags change', { kind: 'tags', of, keys: ['team'] }, [], tags, 'neither'],
])('%s', (_name, part, there, wanted, effect) => {
  expect(effectOf([{ access: accessOf(part, there, wanted, 'aws') }])).toBe(effect);
});
