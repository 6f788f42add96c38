import { z } from 'zod';
import { desiredStateJsonSchema } from '../json-schemas.ts';
import { table } from './regions.ts';

/** The part of JSON Schema that the schema of the desired-state file uses. */
interface Schema {
  readonly description?: string | undefined;
  readonly type?: string | string[] | undefined;
  readonly const?: number | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
}

const schema: z.ZodType<Schema> = z.object({
  description: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.number().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schema).optional();
  },
  get items() {
    return schema.optional();
  },
  get anyOf() {
    return z.array(schema).optional();
  },
});

/** The parts of the file that have keys, in the order in which they are explained; `[]` steps into a list. */
const PARTS: readonly {
  readonly title: string;
  readonly path: readonly string[];
  readonly except?: readonly string[];
}[] = [
  { title: 'The file', path: [] },
  { title: '`hub`', path: ['hub'] },
  { title: '`hub.user`', path: ['hub', 'user'] },
  { title: '`hub.user.accessKeys`', path: ['hub', 'user', 'accessKeys'] },
  { title: '`hub.group`, and each of `hub.groups`', path: ['hub', 'group'] },
  { title: '`hub.grants`', path: ['hub', 'grants'] },
  { title: '`auditor` and `fixer`', path: ['auditor'] },
  { title: '`defaults`, each of `classes`, and each of `targets`', path: ['defaults'] },
  { title: '`trust` as a mapping', path: ['defaults', 'trust'] },
  { title: '`managedPolicies` as a mapping', path: ['defaults', 'managedPolicies'] },
  { title: 'Each of `targets` besides', path: ['targets', '[]'], except: ['defaults'] },
  { title: '`organization`', path: ['organization'] },
  { title: 'Each of `exceptions`', path: ['exceptions', '[]'] },
];

/** Which parts are on docs/keys-hub.md; the others are on docs/keys-targets.md. */
const isOfHub = (path: readonly string[]): boolean => path.length === 0 || path[0] === 'hub';

/** A table for each part, from the schema's own descriptions, on one of two pages. */
export function keyTables(page: 'hub' | 'targets'): string {
  const root = schema.parse(desiredStateJsonSchema());
  return PARTS.filter(({ path }) => isOfHub(path) === (page === 'hub'))
    .map(({ title, path, except = [] }) => {
      const part = objectAt(root, path);
      const elsewhere = new Set(except.flatMap((key) => Object.keys(objectAt(root, [key]).properties ?? {})));
      const keys = Object.entries(part.properties ?? {}).filter(([key]) => !elsewhere.has(key));
      const isRequired = (key: string) => part.required?.includes(key) === true;
      const rows = keys.map(([key, value]) => [
        `\`${key}\`${isRequired(key) ? ' (required)' : ''}`,
        valuesOf(key, value),
        sentence(value.description),
      ]);
      return `## ${title}\n\n${table(['Key', 'Value', 'Meaning'], rows)}`;
    })
    .join('\n\n');
}

function objectAt(root: Schema, path: readonly string[]): Schema {
  let at = withKeys(root);
  for (const step of path) {
    const next = step === '[]' ? at?.items : at?.properties?.[step];
    at = next?.items === undefined ? withKeys(next) : next;
  }
  const found = withKeys(at);
  if (found === undefined) throw new Error(`The schema has no mapping at ${path.join('.')}`);
  return found;
}

/** The mapping among the forms that a value may have. */
function withKeys(value: Schema | undefined): Schema | undefined {
  return value?.properties === undefined && value?.anyOf !== undefined ? value.anyOf.map(withKeys).find((form) => form?.properties) : value;
}

function valuesOf(key: string, value: Schema): string {
  // The rules are on their own page.
  if (key === 'rule') return 'a [rule](rules.md)';
  if (value.const !== undefined) return `\`${value.const}\``;
  if (value.enum !== undefined) return value.enum.map((word) => `\`${word}\``).join(', ');
  if (value.anyOf !== undefined) return [...new Set(value.anyOf.map((form) => valuesOf(key, form)))].join(', or ');
  const { type, minimum, maximum } = value;
  if (type === 'integer') return `${minimum} to ${maximum}`;
  if (type === 'boolean') return '`true`, `false`';
  const words: Readonly<Record<string, string>> = { array: 'list', object: 'mapping', string: 'text' };
  return (typeof type === 'string' ? [type] : (type ?? [])).map((name) => words[name] ?? name).join(' or ');
}

/** Descriptions are written for an editor's tooltip. A value of the file at the beginning keeps its spelling. */
function sentence(text = ''): string {
  const first = text.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return first === '' || /[.!?]$/.test(first) ? first : `${first}.`;
}
