import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { desiredStateJsonSchema } from '../../dev/json-schemas.ts';
import { parseDesired, parseStarterFile } from '../../src/desired/index.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { pathOf, policy, snippets, snippetsOf } from './pages.ts';
import { keysOf } from './schema-keys.ts';

test('every block says what it is, so that none goes unchecked', () => {
  const known = ['workflow', 'steps', 'commands', 'desired-state', 'starter-file', 'shell', 'aws', 'release', 'pinned', 'terraform'];
  const unknown = snippets().filter(({ kind = '' }) => !known.includes(kind) && !kind.startsWith('policy: '));
  expect(unknown.map(({ page, line }) => `${page}:${line}`)).toEqual([]);
});

const files = snippetsOf('desired-state');

test('the smallest file and the whole form are there', () => {
  expect(files.map(([name]) => name.replace(/:\d+$/, ''))).toEqual([
    'README.md',
    'docs/callers-and-groups.md',
    'docs/desired-state.md',
    'docs/exceptions.md',
    'docs/hub-and-spoke.md',
    'docs/large-estates.md',
    ...Array.from({ length: 2 }, () => 'docs/managed-policies.md'),
    'docs/micetro-least-privilege.md',
    ...Array.from({ length: 2 }, () => 'docs/micetro.md'),
    'docs/organization.md',
    'docs/quick-start.md',
    'docs/role-options.md',
    'docs/role-trust.md',
    'docs/roles.md',
    'docs/terraform.md',
  ]);
});

test('the README and the quick start have the same file', () => {
  const [readme, quickStart] = ['README.md', 'docs/quick-start.md'].map((page) => files.find(([, one]) => one.page === page));
  expect(readme?.[1].text).toBe(quickStart?.[1].text);
});

test.each(files)('%s is a desired state', (_name, { text }) => {
  const parsed = parseDesired(text, { path: 'assume-role.yml' });
  expect('errors' in parsed ? parsed.errors : []).toEqual([]);
});

test.each(snippetsOf('starter-file'))('%s is one to begin with', (_name, { text }) => {
  const parsed = parseStarterFile(text, { path: 'assume-role.yml' });
  expect('errors' in parsed ? parsed.errors : parsed.desired.auditor).toEqual({ roleName: 'AssumeRoleAuditor', externalId: 'drift-audit' });
});

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(desiredStateJsonSchema());

test.each(files)('%s fits the published schema', (_name, { text }) => {
  expect(validate(parse(text)) || validate.errors).toBe(true);
});

test('the whole form names every key that there is', () => {
  const whole = files.find(([, { page }]) => page === 'docs/desired-state.md')?.[1].text ?? '';
  const named = new Set([...whole.matchAll(/\b([a-zA-Z]+):/g)].map(([, key]) => key));
  // Written only in place of others that are there.
  const instead = ['groups'];
  expect([...keysOf(desiredStateJsonSchema())].filter((key) => !named.has(key) && !instead.includes(key))).toEqual([]);
});

test.each([
  ['hub-auditor-trust', 'trust'],
  ['hub-auditor-permissions', 'identity'],
  ['target-auditor-trust', 'trust'],
  ['target-auditor-permissions', 'identity'],
  ['hub-fixer-trust', 'trust'],
  ['hub-fixer-permissions', 'identity'],
  ['target-fixer-trust', 'trust'],
  ['target-fixer-permissions', 'identity'],
  ['target-fixer-boundary', 'identity'],
  ['micetro-discovery', 'identity'],
  ['micetro-target', 'identity'],
] as const)('%s is a policy', (name, kind) => {
  expect(parsePolicy(policy(name), kind).problem).toBeNull();
});

const manifest = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(pathOf('package.json'), 'utf8')));

test.each(snippetsOf('commands'))('%s: the commands are there', (_name, { text }) => {
  const commands = text.split(/\n|&&/).map((line) => line.trim());
  const known = new Set(['', 'npm ci', ...Object.keys(manifest.scripts).flatMap((name) => [`npm run ${name}`, `npm ${name}`])]);
  expect(commands.map((command) => command.replace(/ -- .*/, '')).filter((command) => !known.has(command))).toEqual([]);
});
