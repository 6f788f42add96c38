import { expect, test } from '@jest/globals';
import type { Report } from '../../../src/report/model/schema.ts';
import { notComparedLine } from '../../../src/report/sections/not-compared.ts';
import { alive, HOSTILE, report } from '../example.ts';

type Entry = Report['notCompared'][number];

const policy = (resource: string): Entry => ({ resource, what: 'policy-content', accounts: 2 });

const CASES: readonly [string, readonly Entry[], string][] = [
  ['nothing', [], ''],
  ['a policy', [policy('policy/dns')], '**Not compared** (not in the file): the content of 1 managed policy (`policy/dns`).\n\n'],
  [
    'many policies',
    ['a', 'b', 'c', 'd', 'e'].map(policy),
    '**Not compared** (not in the file): the content of 5 managed policies (`a`, `b`, `c` and 2 more).\n\n',
  ],
  [
    'several kinds, always in one order',
    [
      { resource: 'hub', what: 'callers', accounts: 1 },
      { resource: 'user', what: 'credentials', accounts: 1 },
      { resource: 'readers', what: 'group-policies', accounts: 1 },
      policy('a'),
    ],
    '**Not compared** (not in the file): the content of 1 managed policy (`a`); the policies of 1 other group of the hub user (`readers`); the hub user’s SSH keys, signing certificates and service-specific credentials; other callers.\n\n',
  ],
  [
    'the organization, which the file states',
    [policy('a'), { resource: 'organization', what: 'organization', accounts: 3 }],
    '**Not compared** (not in the file): the content of 1 managed policy (`a`); (could not be read): the organization.\n\n',
  ],
  [
    'units that do not exist',
    ['ou-ab12-11111111', 'ou-ab12-22222222'].map((resource) => ({ resource, what: 'organization', accounts: 0 })),
    '**Not compared** (could not be read): 2 units of the organization (`ou-ab12-11111111`, `ou-ab12-22222222`).\n\n',
  ],
];

test.each(CASES)('%s', (_name, notCompared, line) => expect(notComparedLine(report({ notCompared: [...notCompared] }), {})).toBe(line));

test('it leads to the page on limits', () => {
  const line = notComparedLine(report({ notCompared: [policy('a')] }), {
    limitsUrl: 'https://github.example/acme/action/blob/v1/docs/limits.md',
  });
  expect(line).toContain('[What audits do not cover](https://github.example/acme/action/blob/v1/docs/limits.md)');
});

test('nothing in it is alive', () => {
  for (const text of HOSTILE) expect(alive(notComparedLine(report({ notCompared: [policy(text)] }), {}))).toEqual([]);
});
