import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { INPUT_DEFAULTS } from '../../src/inputs/defaults.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { pathOf, type Snippet, snippetsOf } from './pages.ts';
import { buildWorkflowParser } from './workflow-parser.ts';

const { complaints, close } = buildWorkflowParser();
afterAll(close);

const workflows = snippetsOf('workflow');
/** Steps that a page adds to the workflow nearest before them. */
const extended = snippetsOf('steps').map(([name, steps]): [string, Snippet] => [
  name,
  { ...steps, text: workflowBefore(steps).text + steps.text },
]);
const all = [...workflows, ...extended];

function workflowBefore({ page, line }: Snippet): Snippet {
  const before = workflows.map(([, workflow]) => workflow).filter((workflow) => workflow.page === page && workflow.line < line);
  const last = before.at(-1);
  if (last === undefined) throw new Error(`${page}:${line} adds steps to no workflow.`);
  return last;
}

const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      steps: z.array(z.object({ uses: z.string().optional(), with: z.record(z.string(), z.coerce.string()).optional() })),
    }),
  ),
});

describe("the pages' workflows", () => {
  test('are there', () => {
    expect([workflows.length, extended.length]).toEqual([10, 2]);
  });

  test.each(all)('%s: GitHub takes it', (_name, { text }) => {
    expect(complaints(text)).toEqual([]);
  });

  test.each(all)('%s: the action takes its inputs', (_name, { text }) => {
    const { jobs } = workflow.parse(parse(text));
    const ours = Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses }) => uses === 'your-fork/assume-role-drift@v1'));
    expect(ours).toHaveLength(1);
    const given = new Map(Object.entries(ours[0]?.with ?? {}));
    expect([...given.keys()].filter((name) => !Object.hasOwn(INPUT_DEFAULTS, name))).toEqual([]);
    // An expression of the runner stands for an account or a name.
    const value = (name: string) =>
      (given.get(name) ?? '').replace(/\$\{\{[^}]*account[^}]*\}\}/g, '111111111111').replace(/\$\{\{[^}]*\}\}/g, 'x');
    expect(parseInputs(value, { event: 'schedule', workspace: '/workspace' })).toHaveProperty('inputs');
  });

  test.each(all)('%s: it has the permissions that it needs, and reads outputs that there are', (_name, { text }) => {
    const { permissions } = workflow.parse(parse(text));
    const onPull = /^ {2}pull_request:/m.test(text);
    const signsIn = text.includes('auditor-role') ? { 'id-token': 'write' } : {};
    const proposes = text.includes('gh pr create') ? { contents: 'write', 'pull-requests': 'write' } : undefined;
    const tells = proposes ?? (onPull ? { 'pull-requests': 'write' } : { issues: 'write' });
    const needed = text.includes('auditor-role') || onPull ? { ...signsIn, ...tells } : {};
    const scanned = text.includes('upload-sarif') ? { 'security-events': 'write' } : {};
    const fetched = text.includes('download-artifact') ? { actions: 'read' } : {};
    expect(permissions).toEqual({ contents: 'read', ...needed, ...scanned, ...fetched });
    const outputs = [...text.matchAll(/steps\.drift\.outputs\.([\w-]+)/g)].map(([, output]) => output);
    expect(outputs.filter((output) => !OUTPUT_NAMES.some((name) => name === output))).toEqual([]);
  });

  test.each(snippetsOf('pinned'))('%s: GitHub takes the step in place of the one that is not pinned', (_name, { text }) => {
    const [, readme] = workflows.find(([name]) => name.startsWith('README.md')) ?? [];
    const [, reference = ''] = /uses: (your-fork\/assume-role-drift@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/m.exec(text) ?? [];
    const [before, rest] = (readme?.text ?? '').split('      - uses: your-fork/assume-role-drift@v1\n');
    expect({ reference, rest: text.endsWith(rest ?? '') }).toEqual({ reference: expect.stringContaining('@'), rest: true });
    expect(complaints(`${before}${text}`)).toEqual([]);
  });

  test('the README and the quick start have the same workflow', () => {
    const [readme, quickStart] = ['README.md', 'docs/quick-start.md'].map((page) => workflows.find(([, one]) => one.page === page));
    expect(readme?.[1].text).toBe(quickStart?.[1].text);
  });

  test('mistakes would be told', () => {
    const [, { text }] = workflows[0] ?? ['', { text: '' }];
    expect(complaints(text.replace('runs-on:', 'run-on:'))).not.toEqual([]);
  });
});

test("the project's own workflows are ones, too", () => {
  for (const name of ['ci.yml', 'check-dist.yml']) {
    expect(complaints(readFileSync(pathOf(`.github/workflows/${name}`), 'utf8'))).toEqual([]);
  }
});
