import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldRequests } from '../../src/proposal/fold-requests.ts';
import type { RequestedAccess, RequestedAccount } from '../../src/proposal/request.ts';
import { desiredOf } from '../desired/files.ts';
import { runs } from '../runs.ts';

/** Targets whose names and roles are words that the texts have as well. */
const NAMES = ['dns', 'prod', 'Micetro', 's3', 'acct-1', 'acct-10'];
const targets = desiredOf(
  JSON.stringify({
    version: 1,
    hub: { account: '111111111111', user: 'micetro', group: 'g' },
    targets: Array.from({ length: 12 }, (_, index) => ({
      account: String(200_000_000_000 + (index % 8)),
      name: NAMES[index % NAMES.length],
      roleName: `${index % 3 === 0 ? 'Micetro' : NAMES[index % NAMES.length]}${index < 8 ? '' : '-two'}`,
    })),
  }),
).state.targets;

const word = fc.constantFrom('policy', '{account}', '{name}', '{role}', 's3:Get*', 'dns', 'on', 'Micetro', 'prod-x');
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
/** The same request of several targets, each with its own id and names. */
const alike = fc
  .record({
    of: fc.subarray([...targets], { minLength: 1 }),
    what: text,
    line: fc.option(text),
    kind: fc.constantFrom('grants', 'revokes'),
  })
  .map(({ of, what, line, kind }) =>
    of.map(({ account, name = '', roleName }): RequestedAccount => {
      const own = (given: string) => given.replaceAll('{account}', account).replaceAll('{name}', name).replaceAll('{role}', roleName);
      return { kind, where: 'targets', what: own(what), account, roleName, location: null, explanation: line === null ? [] : [own(line)] };
    }),
  );

/** Every request that a fold stands for, if each target's own id and names take the places of the placeholders. */
function unfolded({ kind, what, explanation, accounts }: RequestedAccess): ReadonlySet<string> {
  const own = accounts.flatMap((account) => targets.filter((target) => target.account === account));
  return new Set(
    own.map(({ account, name, roleName }) => {
      const filled = (given: string) =>
        given
          .replaceAll('{account}', account)
          .replaceAll('{targetName}', name ?? '')
          .replaceAll('{roleName}', roleName);
      return JSON.stringify([kind, account, filled(what), explanation.map(filled)]);
    }),
  );
}

test('whatever is put together, each request can be read from it', () => {
  fc.assert(
    fc.property(fc.array(alike, { maxLength: 3 }), (many) => {
      const requests = many.flat();
      const folds = foldRequests(requests, targets).map(unfolded);
      for (const { kind, account, what, explanation = [] } of requests) {
        expect(folds.some((fold) => fold.has(JSON.stringify([kind, account, what, explanation])))).toBe(true);
      }
    }),
    { numRuns: runs(100) },
  );
});

test.each<[string, readonly string[], (name: string) => string]>([
  ['a service', ['iam', 's3', 'sqs', 'ec2'], (name) => `${name}:* on *`],
  ['an action', ['PassRole', 'GetRole', 'GetUser', 'GetGroup'], (name) => `iam:${name} on *`],
  ['an effect', ['Allow', 'Deny', 'allow', 'deny'], (name) => `${name} s3:GetObject on *`],
  ['a pattern', ['*', 'prod', 'test', 'dns'], (name) => `s3:GetObject on arn:aws:s3:::${name}-logs`],
])('what a request says is not hidden behind a name that is %s', (_, names, say) => {
  const named = desiredOf(
    JSON.stringify({
      version: 1,
      hub: { account: '111111111111', user: 'micetro', group: 'g' },
      targets: names.map((name, index) => ({ account: String(200_000_000_000 + index), name })),
    }),
  ).state.targets;
  const requests = named.map(({ account, name = '', roleName }): RequestedAccount => {
    return { kind: 'widens', where: 'targets', what: 'inline policy more', account, roleName, location: null, explanation: [say(name)] };
  });
  const lines = foldRequests(requests, named).flatMap(({ explanation }) => explanation);
  for (const name of names.filter((one) => /[*A-Z]|iam|s3/.test(one))) expect(lines).toContain(say(name));
});
