import { describe, expect, test } from '@jest/globals';
import { callerRemarks } from '../../src/capture/index.ts';
import { findDrift } from '../../src/drift/drift.ts';
import { Comparer } from '../../src/policy/index.ts';
import { principal } from '../drift/estate.ts';
import { AT, assume, captureOf, grant, group, HUB, type LiveHub, role, stateOf } from './live.ts';

const ONE = '222222222222';
const all = { policies: { all: assume('*') } };
const ADMIN = principal('role/sso/eu/Admin', all);
const ANN = principal('user/ann', all);
const READER = principal('role/Reader');
const USER = principal('user/micetro', all);

const hubWith = (...principals: LiveHub['principals'] & object): LiveHub => ({
  groups: [group([grant(ONE)])],
  roles: [role(ONE)],
  principals,
});
const UNREAD: LiveHub = { groups: [group([grant(ONE)])], roles: [role(ONE)] };

const FILE = captureOf(UNREAD).text;
const listing = (list: string, more = '') => `${FILE.replace('hub:\n', `hub:\n  otherCallers: ${list}\n`)}${more}`;
const listIn = (hub: LiveHub, file?: string) => {
  const { text, desired } = captureOf(hub, file);
  return {
    lines: text.split('\n').filter((line) => /otherCallers|^ {4}- (?:user|role)/.test(line)),
    listed: desired.state.hub.otherCallers?.map(({ name }) => name),
  };
};

describe('the list of other callers', () => {
  test.each<[string, LiveHub, string | undefined, readonly string[] | undefined]>([
    ['has the users and roles that may assume the roles, sorted', hubWith(ANN, READER, ADMIN, USER), undefined, ['Admin', 'ann']],
    ['is empty where there are none, so that the next one is found', hubWith(READER, USER), undefined, []],
    ['is not there where they could not be read', UNREAD, undefined, undefined],
    ['is added to a file that lacks it', hubWith(ADMIN), FILE, ['Admin']],
    ['of a file stays where they could not be read', UNREAD, listing('[role/Gone]'), ['Gone']],
    ['of a file gets those that it lacks', hubWith(ADMIN, ANN), listing('[user/ann]'), ['ann', 'Admin']],
    ['of a file keeps those that may not, or are gone', hubWith(READER), listing('[role/Reader, role/Gone]'), ['Reader', 'Gone']],
  ])('%s', (_, hub, file, names) => {
    expect(listIn(hub, file).listed).toEqual(names);
  });

  test('names them with their paths', () => {
    expect(listIn(hubWith(ANN, ADMIN)).lines.join()).toMatch(/role\/sso\/eu\/Admin.*user\/ann/);
  });

  test('leaves a file as it is that lists them by other words', () => {
    const file = captureOf(hubWith(ADMIN), listing('[Admin] # who else')).text;
    expect(file).toContain('otherCallers: [Admin] # who else');
  });

  test('leaves out the path where the file would take it for a placeholder', () => {
    expect(listIn(hubWith(principal('role/{account}/Odd', all))).lines.join()).toMatch(/role\/Odd/);
  });

  test('leaves out what an exception accepts until a day', () => {
    const exception = `exceptions: [{ rule: hub-caller-extra, resource: "${ADMIN.arn}", owner: me, reason: x, expires: 2027-01-01 }]\n`;
    expect(listIn(hubWith(ADMIN, ANN), `${FILE}${exception}`).listed).toEqual(['ann']);
  });

  test('makes the next audit clean', () => {
    const hub = hubWith(ADMIN, ANN, READER, USER);
    const { desired } = captureOf(hub);
    const { findings, notCompared } = findDrift(desired, { state: stateOf(hub), errors: [] }, { at: AT, comparer: new Comparer() });
    expect(findings).toEqual([]);
    expect(notCompared.filter(({ what }) => what === 'callers')).toEqual([]);
  });

  test('is to be reviewed', () => {
    const remarks = (hub: LiveHub) => callerRemarks(stateOf(hub).hub, captureOf(hub).desired);
    expect(remarks(hubWith(READER))).toEqual([]);
    expect(remarks(hubWith(ADMIN, ANN))).toEqual([
      {
        text: 'In addition to the hub user and the members of its groups, hub.otherCallers accepts other callers of the hub account: role/sso/eu/Admin, user/ann.',
        accounts: [HUB],
      },
    ]);
    expect(remarks(UNREAD)).toEqual([
      { text: expect.stringMatching(/could not be read.* iam:GetAccountAuthorizationDetails/), accounts: [HUB] },
    ]);
  });
});
