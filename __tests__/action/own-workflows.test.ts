import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = new URL('../../.github/workflows/', import.meta.url);
const files = readdirSync(folder).map((name): [string, string] => [name, readFileSync(new URL(name, folder), 'utf8')]);

const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.looseObject({ 'timeout-minutes': z.number() })),
});

describe("the project's own workflows", () => {
  test.each(files)('%s pins each action by its commit, and names the version', (_name, text) => {
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test.each(files)('%s reads contents alone unless a job asks for more, and each job ends', (_name, text) => {
    expect(workflow.parse(parse(text)).permissions).toEqual({ contents: 'read' });
  });

  test('one action has one version', () => {
    const pins = files.flatMap(([, text]) =>
      [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(\S+)/g)].map(([, name, commit]) => `${name}@${commit}`),
    );
    const names = [...new Set(pins)].map((pin) => pin.split('@')[0]);
    expect(names).toEqual([...new Set(names)]);
  });

  test('CI runs each part of the gate, on each version of Node', () => {
    const gate = readFileSync(new URL('../../.ci/run', import.meta.url), 'utf8');
    const named = [...gate.matchAll(/^ {2}([a-z0-9]+(?: \| [a-z0-9]+)*)\)$/gm)].flatMap(([, names = '']) => names.split(' | '));
    const job = z.object({
      strategy: z.object({ matrix: z.object({ node: z.array(z.number()) }) }),
      steps: z.array(z.object({ run: z.string().optional() })),
    });
    const { jobs } = z.object({ jobs: z.record(z.string(), job) }).parse(parse(readFileSync(new URL('ci.yml', folder), 'utf8')));
    const run = Object.values(jobs).flatMap(({ steps, strategy }) =>
      steps.flatMap(({ run = '' }) => (run.startsWith('.ci/run') ? [`${run.slice('.ci/run '.length)} on ${strategy.matrix.node}`] : [])),
    );
    const parts = named.filter((name) => name !== 'all').map((name) => `${name} on 20,22,24`);
    expect(parts.length).toBeGreaterThan(3);
    expect(run.toSorted()).toEqual(parts.toSorted());
  });
});
