import { expect, test } from '@jest/globals';
import { unnamedTargets } from '../../src/live/indirect-access.ts';
import { assume, desiredOf, editGroup, liveOf, ONE, roleArn, SMALL, TWO, type WrittenPolicy } from '../drift/estate.ts';

/** Only for targets that no statement of a hub group names are other ways in read. */

const BOTH = [roleArn(ONE), roleArn(TWO)];

/** Accounts of the targets that are not named where the first group holds this policy, and no group another one. */
function unnamed(document: WrittenPolicy, file = SMALL): readonly string[] {
  const desired = desiredOf(file);
  const bare = desired.state.hub.groups.reduce((live, { name }) => editGroup(live, { inlinePolicies: [] }, name), liveOf(desired));
  const { hub } = editGroup(bare, { inlinePolicies: [{ name: 'any', document }] });
  return unnamedTargets(desired.state, hub).map(({ account }) => account);
}

test.each<[string, WrittenPolicy, readonly string[]]>([
  ['named by an exact grant', assume(BOTH), []],
  ['named by its own grant alone', assume(roleArn(ONE)), [TWO]],
  ['named by an action with a wildcard', assume(BOTH, { Action: 'sts:Assume*' }), []],
  ['not named by a pattern', assume('arn:aws:iam::*:role/Micetro'), [ONE, TWO]],
  ['not named by another action', assume(BOTH, { Action: 'sts:TagSession' }), [ONE, TWO]],
  ['not named by a deny', assume(BOTH, { Effect: 'Deny' }), [ONE, TWO]],
  ['not named by NotResource', assume(undefined, { NotResource: BOTH }), [ONE, TWO]],
  ['not named by a document that is not valid', '{"Statement": [', [ONE, TWO]],
])('a target is %s', (_how, document, accounts) => {
  expect(unnamed(document)).toEqual(accounts);
});

test.each<[string, readonly string[]]>([
  ['micetro-targets', []],
  ['others', [ONE]],
])('a target of the group %s is named by that group alone', (group, accounts) => {
  const groups = SMALL.replace('group: micetro-targets', 'groups: [micetro-targets, others]');
  expect(unnamed(assume(BOTH), groups.replace(`"${ONE}"`, `{ account: "${ONE}", group: ${group} }`))).toEqual(accounts);
});
