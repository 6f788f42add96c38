import { describe, expect, test } from '@jest/globals';
import type { Location } from '../../src/state/desired.ts';
import { desiredOf, PATH, SMALL } from './files.ts';

const LONG = `version: 1
hub:
  account: "111111111111"
  user:
    name: micetro
    managedPolicies: [IAMReadOnlyAccess]
    inlinePolicies:
      a.b: &p { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }
  groups:
    - plain-{partition}
    - name: full
      members:
        - micetro
        - backup
defaults:
  description: from the defaults
targets:
  - account: "222222222222"
    tags:
      team: ddi
    inlinePolicies: { p: *p }
  - "{hubAccount}"
fixer: { roleName: F, trustedBy: "arn:aws:iam::111111111111:role/F" }
organization:
  exclude:
    - "444444444444"
`;

describe('where the file speaks of', () => {
  const small = desiredOf(SMALL).locate;
  const long = desiredOf(LONG).locate;

  test.each<[string, Location, number, number]>([
    ['the hub', small.hub(), 2, 1],
    ['the hub user that is a name', small.hub('user'), 4, 3],
    ['a key of the hub user that is a name', small.hub('user.managedPolicies'), 4, 3],
    ['what the hub says nothing of', small.hub('grants.layout'), 2, 1],
    ['the group that is a name', small.group('micetro-targets'), 5, 3],
    ['a key of the group that is a name', small.group('micetro-targets', 'members'), 5, 3],
    ['a group that the file does not know', small.group('other', 'members'), 2, 1],
    ['a target that is an account id', small.target('333333333333'), 8, 5],
    ['a key of a target that is an account id', small.target('333333333333', 'trust'), 8, 5],
    ['a target that the file does not know', small.target('444444444444'), 6, 1],
    ['a key of the hub user', long.hub('user.managedPolicies'), 6, 5],
    ['an item of a list by its text', long.hub('user.managedPolicies.IAMReadOnlyAccess'), 6, 23],
    ['a name with a dot in it', long.hub('user.inlinePolicies.a.b'), 8, 7],
    ['an element below a name with a dot in it', long.hub('user.inlinePolicies.a.b.Statement'), 8, 38],
    ['a group in the list, by its expanded name', long.group('plain-aws'), 10, 7],
    ['a key of a group in the list', long.group('full', 'members'), 12, 7],
    ['a member', long.group('full', 'members.backup'), 14, 11],
    ['a member that is not there', long.group('full', 'members.other'), 12, 7],
    ['a target', long.target('222222222222'), 18, 5],
    ['a key of a target', long.target('222222222222', 'tags.team'), 20, 7],
    ['what a target takes from the defaults', long.target('222222222222', 'description'), 18, 5],
    ['a target by its expanded account', long.target('111111111111', 'trust'), 22, 5],
    ["a key of the fixer's role", long.tool('fixer', 'trustedBy'), 23, 23],
    ['the organization', long.organization(), 24, 1],
    ['an account that is excluded', long.organization('exclude.444444444444'), 26, 7],
    ["a key of the auditor's role, of which the file says nothing", long.tool('auditor', 'trustedBy'), 1, 1],
  ])('%s', (_, location, line, column) => {
    expect(location).toEqual({ file: PATH, line, column });
  });
});
