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
classes:
  kind:
    tags: { team: ddi, kind: class }
    managedPolicies:
      required:
        - ReadOnlyAccess
targets:
  - account: "222222222222"
    tags:
      team: ddi
    inlinePolicies: { p: *p }
  - "{hubAccount}"
  - { account: "333333333333", class: kind, description: own }
fixer: { roleName: F, trustedBy: "arn:aws:iam::111111111111:role/F" }
organization:
  exclude:
    - "444444444444"
`;

const micetroIn = (account: string) => ({ account, roleName: 'Micetro' });

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
    ['a target that is an account id', small.target(micetroIn('333333333333')), 8, 5],
    ['a key of a target that is an account id', small.target(micetroIn('333333333333'), 'trust'), 8, 5],
    ['a target that the file does not know', small.target(micetroIn('444444444444')), 6, 1],
    ['a key of the hub user', long.hub('user.managedPolicies'), 6, 5],
    ['an item of a list by its text', long.hub('user.managedPolicies.IAMReadOnlyAccess'), 6, 23],
    ['a name with a dot in it', long.hub('user.inlinePolicies.a.b'), 8, 7],
    ['an element below a name with a dot in it', long.hub('user.inlinePolicies.a.b.Statement'), 8, 38],
    ['a group in the list, by its expanded name', long.group('plain-aws'), 10, 7],
    ['a key of a group in the list', long.group('full', 'members'), 12, 7],
    ['a member', long.group('full', 'members.backup'), 14, 11],
    ['a member that is not there', long.group('full', 'members.other'), 12, 7],
    ['a target', long.target(micetroIn('222222222222')), 24, 5],
    ['a key of a target', long.target(micetroIn('222222222222'), 'tags.team'), 26, 7],
    ['what a target has from the defaults', long.target(micetroIn('222222222222'), 'description'), 16, 3],
    ['what neither a target nor its class nor the defaults state', long.target(micetroIn('222222222222'), 'trust'), 24, 5],
    ['a target by its expanded account', long.target(micetroIn('111111111111'), 'trust'), 28, 5],
    ['what a target has from its class', long.target(micetroIn('333333333333'), 'tags.kind'), 19, 24],
    [
      'an item of what a target has from its class',
      long.target(micetroIn('333333333333'), 'managedPolicies.required.ReadOnlyAccess'),
      22,
      11,
    ],
    ['a target that has a class', long.target(micetroIn('333333333333')), 29, 5],
    ["a target's own key beside its class", long.target(micetroIn('333333333333'), 'description'), 29, 45],
    ["a key of the fixer's role", long.tool('fixer', 'trustedBy'), 30, 23],
    ['the organization', long.organization(), 31, 1],
    ['an account that is excluded', long.organization('exclude.444444444444'), 33, 7],
    ["a key of the auditor's role, of which the file says nothing", long.tool('auditor', 'trustedBy'), 1, 1],
  ])('%s', (_, location, line, column) => {
    expect(location).toEqual({ file: PATH, line, column });
  });
});
