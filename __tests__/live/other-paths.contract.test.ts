import { expect, test } from '@jest/globals';
import { type Estate, groupIn, roleIn, userIn } from '../../dev/aws/estate.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { findDrift } from '../../src/drift/drift.ts';
import { Comparer } from '../../src/policy/index.ts';
import { startLive } from './hub.ts';

const HUB = '111111111111';
const TARGET = '222222222222';

/** The user and the group live under /ddi/, and the role trusts that user alone. */
function underDdi(draft: Estate): void {
  userIn(draft, HUB, 'micetro').path = '/ddi/';
  groupIn(draft, HUB, 'micetro-targets').path = '/ddi/';
  const Statement = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:user/ddi/micetro` }, Action: 'sts:AssumeRole' }];
  roleIn(draft, TARGET, 'Micetro').trust = { Version: '2012-10-17', Statement };
}

async function audited(user: string, group: string, edit = underDdi) {
  await using live = await startLive({ guide: { targets: [TARGET] }, edit });
  const text = `version: 1\nhub: { account: "${HUB}", user: ${user}, group: ${group} }\ndefaults: { trust: hub-user }\ntargets: ["${TARGET}"]\n`;
  const parsed = parseDesired(text, { path: 'assume-role.yml' });
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors));
  const reading = await live.read({}, parsed.desired.state);
  const { findings } = findDrift(parsed.desired, reading, { at: new Date(), comparer: new Comparer() });
  return { rules: findings.map(({ rule }) => rule), errors: reading.errors };
}

test.each([
  ['with their paths', 'ddi/micetro', 'ddi/micetro-targets'],
  ['by their names alone', 'micetro', 'micetro-targets'],
])('a user and a group that the file names %s are read and compared', async (_how, user, group) => {
  expect(await audited(user, group)).toEqual({ rules: [], errors: [] });
});

test.each([
  [
    'the user',
    'eu/micetro',
    'ddi/micetro-targets',
    'iam:GetUser',
    'The file states the path /eu/ for the user micetro; in AWS it has the path /ddi/.',
    'Correct the file: ddi/micetro. Or write micetro alone, which fits any path.',
  ],
  [
    'the group',
    'ddi/micetro',
    'eu/micetro-targets',
    'iam:GetGroup',
    'The file states the path /eu/ for the group micetro-targets; in AWS it has the path /ddi/.',
    'Correct the file: ddi/micetro-targets. Or write micetro-targets alone, which fits any path.',
  ],
])('%s under another path is not clean, and all else is compared', async (_what, user, group, call, message, advice) => {
  expect(await audited(user, group)).toEqual({
    rules: [],
    errors: [{ scope: 'hub', account: HUB, code: 'PathDiffers', call, message, advice }],
  });
});

test('a trust in a user of that name under another path is found', async () => {
  const opened = (draft: Estate) => {
    underDdi(draft);
    userIn(draft, HUB, 'micetro').path = '/';
    const { trust } = roleIn(draft, TARGET, 'Micetro');
    roleIn(draft, TARGET, 'Micetro').trust = JSON.stringify(trust).replace('user/ddi/micetro', 'root');
  };
  expect((await audited('micetro', 'micetro-targets', opened)).rules).toEqual(['trust-changed']);
});
