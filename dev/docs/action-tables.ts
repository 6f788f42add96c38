import { parse } from 'yaml';
import { z } from 'zod';
import { INPUT_NAMES } from '../../src/inputs/defaults.ts';
import { INPUT_SUMMARIES } from './input-summaries.ts';
import { table } from './regions.ts';

const action = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

interface ActionTables {
  /** Every input in a few words, for the README. */
  readonly inputs: string;
  /** The whole descriptions, on the two pages that {@link INPUT_SUMMARIES} names. */
  readonly fullInputs: Readonly<Record<'inputs' | 'results', string>>;
  readonly outputs: string;
}

/** The tables of inputs and outputs, from the text of action.yml. */
export function actionTables(yaml: string): ActionTables {
  const { inputs, outputs } = action.parse(parse(yaml));
  const shown = (name: string) => (inputs[name]?.default ? `\`${inputs[name].default}\`` : '');
  const full = (page: 'inputs' | 'results') =>
    table(
      ['Input', 'Default', 'Meaning'],
      INPUT_NAMES.filter((name) => INPUT_SUMMARIES[name].page === page).map((name) => [
        `\`${name}\``,
        shown(name),
        inputs[name]?.description ?? '',
      ]),
    );
  return {
    inputs: table(
      ['Input', 'Default', 'In short'],
      INPUT_NAMES.map((name) => [`[\`${name}\`](docs/${INPUT_SUMMARIES[name].page}.md)`, shown(name), INPUT_SUMMARIES[name].inShort]),
    ),
    fullInputs: { inputs: full('inputs'), results: full('results') },
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}
