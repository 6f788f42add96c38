import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { INPUT_DEFAULTS } from '../../src/inputs/defaults.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';

const yaml = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');

const described = z.string().min(20);
const action = z
  .strictObject({
    name: z.string(),
    description: z.string().max(125),
    author: z.string(),
    branding: z.strictObject({ icon: z.string(), color: z.string() }),
    inputs: z.record(z.string(), z.strictObject({ description: described, default: z.string() })),
    outputs: z.record(z.string(), z.strictObject({ description: described })),
    runs: z.strictObject({ using: z.literal('node24'), main: z.literal('dist/index.js') }),
  })
  .parse(parse(yaml, { version: '1.2' }));

test('action.yml and the code agree on the inputs and their defaults', () => {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner.
  expect(defaults).toEqual(Object.entries({ ...INPUT_DEFAULTS, 'github-token': '${{ github.token }}' }));
});

test('action.yml and the code agree on the outputs', () => {
  expect(Object.keys(action.outputs)).toEqual([...OUTPUT_NAMES]);
});
