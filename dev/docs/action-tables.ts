import { parse } from 'yaml';
import { z } from 'zod';
import { table } from './regions.ts';

const action = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

/** The tables of inputs and outputs, from the text of action.yml. */
export function actionTables(yaml: string): { inputs: string; outputs: string } {
  const { inputs, outputs } = action.parse(parse(yaml));
  const shown = (value: string) => (value === '' ? '' : `\`${value}\``);
  return {
    inputs: table(
      ['Input', 'Default', 'Meaning'],
      Object.entries(inputs).map(([name, input]) => [`\`${name}\``, shown(input.default), input.description]),
    ),
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}
