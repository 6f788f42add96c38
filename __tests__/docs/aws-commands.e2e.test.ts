import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { parametersOf, template } from '../templates/stack.ts';
import { awsCommands } from './aws-commands.ts';
import { pathOf, snippets } from './pages.ts';

/** The CLI takes every `aws` command of the pages: its own models check names, options and values, without a call. */

test.each([
  ['aws iam list-users', [['iam', 'list-users']]],
  ['AWS_PROFILE=hub aws iam get-user \\\n  --user-name "a b"', [['iam', 'get-user', '--user-name', 'a b']]],
  ['for p in a b; do aws iam list-users; done', [['iam', 'list-users']]],
  [
    'id=$(aws sts get-caller-identity --query Account) && aws iam list-roles | jq .',
    [
      ['sts', 'get-caller-identity', '--query', 'Account'],
      ['iam', 'list-roles'],
    ],
  ],
  ["aws iam list-roles --query 'Roles[?(a)]' # all\n# aws no", [['iam', 'list-roles', '--query', 'Roles[?(a)]', '#', 'all']]],
  ['echo aws iam', []],
] as const)('%s', (script, commands) => {
  expect(awsCommands(script)).toEqual(commands);
});

const TEMPLATES = new Map(['hub', 'target', 'organization'].map((side) => [side, parametersOf(template(side))]));

const all = snippets()
  .filter(({ kind }) => kind === 'shell' || kind === 'aws')
  .flatMap(({ page, line, text }) => awsCommands(text).map((words) => ({ place: `${page}:${line}`, words })));
/** The profiles are the reader's. */
function withoutProfile(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== '--profile' && words[index - 1] !== '--profile');
}

// These two call more than once, and have no model. The quick start, with them in it, is run.
const commands = all.filter(({ words }) => words[1] !== 'deploy' && words[1] !== 'wait');

const { error, status, stdout } = spawnSync('python3', [pathOf('dev/aws/check_cli.py')], {
  cwd: pathOf('.'),
  input: JSON.stringify(commands.map(({ words }) => withoutProfile(words))),
  encoding: 'utf8',
});

interface Given {
  readonly place: string;
  readonly template: string;
  readonly name: string;
  readonly value: string;
}

/** What a command gives as parameters of a template. */
function parametersIn(place: string, words: readonly string[]): Given[] {
  const [, side] = /cloudformation\/(\w+)\.yaml/.exec(words.join(' ')) ?? [];
  if (side === undefined) return [];
  const form = words.includes('deploy') ? /^([A-Z]\w+)=(.*)$/ : /^ParameterKey=(\w+),ParameterValue="?([^"]*)"?$/;
  return words.flatMap((word) => {
    const [, name, value] = form.exec(word) ?? [];
    return name === undefined || value === undefined || value.includes('$') ? [] : [{ place, template: side, name, value }];
  });
}

test('the parameters that they give are those of the template, with values that it takes', () => {
  const given = all.flatMap(({ place, words }) => parametersIn(place, words));
  expect(given.length).toBeGreaterThan(15);
  const refused = given.filter(({ template: side, name, value }) => {
    const parameter = TEMPLATES.get(side)?.[name];
    const { AllowedPattern: pattern = '', AllowedValues: values } = parameter ?? {};
    return parameter === undefined || !new RegExp(String(pattern)).test(value) || (Array.isArray(values) && !values.includes(value));
  });
  expect(refused).toEqual([]);
});

test('there are commands to check', () => {
  expect(commands.length).toBeGreaterThan(10);
});

const isMissing = error !== undefined || status === 3;
const whereItIs = isMissing ? test.skip : test;
whereItIs('the aws CLI takes them', () => {
  expect(status).toBe(0);
  const problems = z.array(z.string()).parse(JSON.parse(stdout));
  expect(commands.map(({ place }, index) => `${place} ${problems[index]}`).filter((_line, index) => problems[index] !== '')).toEqual([]);
});
