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
});
