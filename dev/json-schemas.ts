import { z } from 'zod';
import { fileSchema } from '../src/desired/schema.ts';
import { reportSchema } from '../src/report/model/schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema of the desired-state file, with a description for each key, for editors and for programs that write the file. */
export function desiredStateJsonSchema(): JsonSchema {
  return published(
    fileSchema,
    'urn:assume-role-drift:schema:desired-state:v1',
    'Desired state of AWS hub-and-spoke access',
    'One hub user, the groups that carry its grants, and the roles that it may assume in the target accounts.',
  );
}

/** JSON Schema of the report. */
export function reportJsonSchema(): JsonSchema {
  return published(
    reportSchema,
    'urn:assume-role-drift:schema:report:v1',
    'Report of Assume-Role Drift',
    'What a run expected, saw, found and changed.',
  );
}

function published(schema: z.ZodType, id: string, title: string, description: string): JsonSchema {
  // What zod can't express (a mapping of names to documents) has its JSON Schema as metadata.
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  return { $schema, $id: id, title, description, ...rest };
}
