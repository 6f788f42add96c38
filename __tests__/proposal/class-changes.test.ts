import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/report/model/schema.ts';
import { renderPullComment } from '../../src/report/outputs/pull-comment.ts';
import type { State } from '../../src/state/state.ts';
import { HUB, managed } from '../drift/estate.ts';
import { reviewOf } from './review-page.ts';

/** What a reviewer can read without scrolling, before what is folded away. */
const ONE_SCREEN = 40;

interface Parts {
  readonly defaults?: string;
  readonly sandbox?: string;
  readonly classOf?: (index: number) => string;
  readonly count?: number;
}

/** A file with targets of the classes `sandbox` (all but the last third) and `prod`. */
function file({ defaults = '{}', sandbox = '{}', classOf, count = 30 }: Parts): string {
  const classAt = classOf ?? ((index: number) => (index < (count * 2) / 3 ? 'sandbox' : 'prod'));
  const targets = Array.from({ length: count }, (_, index) => {
    return `  - { account: "${200_000_000_000 + index}", name: acct-${index}, class: ${classAt(index)} }`;
  });
  return `version: 1
hub: { account: "${HUB}", user: micetro, groups: [a, b, c, d], grants: { layout: packed } }
defaults: ${defaults}
classes: { sandbox: ${sandbox}, prod: {} }
targets:
${targets.join('\n')}
`;
}

/** What is shown outside of folds, line by line, without links to lines of the file. */
function shown(report: Report): readonly string[] {
  const page = renderPullComment(report, { stamp: { head: 'abcdef0', at: '2026-11-22T03:00:00Z' } });
  const open = page.replaceAll(/<details>[\s\S]*?<\/details>/g, '').replaceAll(/<!--.*?-->/g, '');
  return open.split('\n').filter((line) => line.trim() !== '');
}

const withPolicies = (policies: string) => `{ managedPolicies: [${policies}] }`;
const s3 = (action: string) =>
  `{ inlinePolicies: { files: { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "${action}", Resource: "arn:aws:s3:::{targetName}-{account}/*" }] } } }`;

/** The live state in which the role of one target has other managed policies. */
const withAttached =
  (index: number, ...names: readonly string[]) =>
  (state: State): State => ({
    ...state,
    targets: state.targets.map((target, at) =>
      at === index && target.role.value
        ? {
            ...target,
            role: { ...target.role, value: { ...target.role.value, managedPolicies: { required: names.map(managed), optional: [] } } },
          }
        : target,
    ),
  });

type Case = readonly [name: string, base: Parts, head: Parts, live: ((state: State) => State) | null, lines: readonly (string | RegExp)[]];

const CASES: readonly Case[] = [
  [
    'a policy more in a class of 100',
    { count: 150, sandbox: withPolicies('AmazonEC2FullAccess') },
    { count: 150, sandbox: withPolicies('AmazonEC2FullAccess, AmazonS3FullAccess') },
    (state) => state,
    [
      /^- ➕ \*\*grants\*\* managed policy AmazonS3FullAccess on role Micetro in \*\*100 accounts\*\*: all accounts of class `sandbox` /,
      /^- 🟡 \*\*AmazonS3FullAccess is not attached to Micetro in 100 accounts\*\* .* The same in all accounts of class `sandbox`\.$/,
    ],
  ],
  [
    'the same in a class of 200, from a fork, without AWS',
    { count: 300, sandbox: withPolicies('AmazonEC2FullAccess') },
    { count: 300, sandbox: withPolicies('AmazonEC2FullAccess, AmazonS3FullAccess') },
    null,
    [/^- ➕ \*\*grants\*\* managed policy AmazonS3FullAccess on role Micetro in \*\*200 accounts\*\*: all accounts of class `sandbox` /],
  ],
  [
    'one target that has it already, and something more',
    { sandbox: withPolicies('AmazonEC2FullAccess') },
    { sandbox: withPolicies('AmazonEC2FullAccess, AmazonS3FullAccess') },
    withAttached(5, 'AmazonEC2FullAccess', 'AmazonS3FullAccess', 'SecurityAudit'),
    [
      /^- ➕ .* in \*\*20 accounts\*\*: all accounts of class `sandbox` /,
      /^- 🟡 \*\*AmazonS3FullAccess is not attached to Micetro in 19 accounts\*\* .* The same in all accounts of class `sandbox` but `acct-5` `200000000005`\.$/,
      /^- 🔴 `acct-5` `200000000005` `role-policy-extra`: .*AmazonS3FullAccess.* \*\*the file/,
    ],
  ],
  [
    'documents that hold the name of the target',
    { sandbox: s3('s3:Get*') },
    { sandbox: s3('s3:*') },
    (state) => state,
    [
      /^- 🔺 \*\*widens\*\* inline policy files of role Micetro in \*\*20 accounts\*\*: all accounts of class `sandbox` /,
      /^ {2}- Also allowed now: .*arn:aws:s3:::\{targetName\}-\{account\}/,
      /^- 🟡 \*\*.* in 20 accounts\*\* .* The same in all accounts of class `sandbox`\.$/,
    ],
  ],
  [
    'another name for the role of a class',
    {},
    { sandbox: '{ roleName: "Sandbox-{targetName}" }' },
    (state) => state,
    [
      /^- ➕ \*\*grants\*\* role \\\{roleName\\\}, trusting .* in \*\*20 accounts\*\*: all accounts of class `sandbox` /,
      /^- ➖ \*\*revokes\*\* role Micetro in \*\*20 accounts\*\*: all accounts of class `sandbox`$/,
      /^- 🔴 \*\*Hub group a allows .*, and the same in 19 more accounts\*\* \(`grant-extra`/,
      /^- 🟡 \*\*No grant for Sandbox-acct-0, and the same in 19 more accounts\*\*/,
    ],
  ],
  [
    'a default',
    { defaults: '{ trust: hub-account }' },
    { defaults: '{ trust: hub-user }' },
    (state) => state,
    [/^- 🔻 \*\*narrows\*\* trust of role Micetro, from the whole hub account to the hub user in \*\*30 accounts\*\*: all accounts/],
  ],
  [
    'a target in another class',
    { sandbox: withPolicies('AmazonEC2FullAccess') },
    { sandbox: withPolicies('AmazonEC2FullAccess'), classOf: (index) => (index < 20 && index !== 7 ? 'sandbox' : 'prod') },
    (state) => state,
    [/^- ➕ \*\*grants\*\* managed policy AmazonRoute53FullAccess on role Micetro in `acct-7` `200000000007` /],
  ],
];

describe('a pull request that changes', () => {
  test.each(CASES)('%s reads in one screen', (_, base, head, live, lines) => {
    const page = shown(reviewOf(file(base), file(head), live));
    for (const line of lines) expect(page).toContainEqual(expect.stringMatching(line));
    expect(page.length).toBeLessThanOrEqual(ONE_SCREEN);
  });
});

test('a class by another name, or written out at its targets, asks for nothing', () => {
  const sandbox = withPolicies('AmazonEC2FullAccess');
  const renamed = file({ sandbox }).replaceAll('sandbox', 'lab');
  expect(reviewOf(file({ sandbox }), renamed).proposal).toMatchObject({ asked: [], live: { causes: [], resolves: [] } });
  const written = file({ sandbox }).replaceAll('class: sandbox', 'managedPolicies: [AmazonEC2FullAccess]');
  expect(reviewOf(file({ sandbox }), written).proposal).toMatchObject({ asked: [], live: { causes: [], resolves: [] } });
});

test('every account is in the report, however short the page', () => {
  const report = reviewOf(file({}), file({ sandbox: s3('s3:Get*') }));
  const all = Array.from({ length: 20 }, (_, index) => String(200_000_000_000 + index));
  expect(report.proposal?.asked?.map(({ accounts }) => accounts)).toEqual([all]);
  expect(report.proposal?.live?.causes).toHaveLength(20);
});
