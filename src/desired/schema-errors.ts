import { z } from 'zod';
import { nearest } from '../text/nearest.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, type FileNode, nodeAt, type Path } from './file-node.ts';
import { fileSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** Turns the schema's issues into errors with places and suggestions. */
export function schemaErrors(file: DesiredFile, issues: readonly Issue[]): readonly FileError[] {
  const flat = issues.flatMap((issue) => flatten(issue, []));
  const misspelt = new Map<string, string>();
  for (const { issue, path } of flat) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys) misspelt.set(JSON.stringify([...path, intendedKey(file, path, key)]), key);
  }
  return flat.flatMap(({ issue, path }) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(file, path, key));
    const missing = nodeAt(file.root, path) === undefined;
    // The error about the misspelt key already suggests the missing one.
    if (missing && misspelt.has(JSON.stringify(path))) return [];
    const at = issue.code === 'custom' && issue.params?.at === 'key' ? 'key' : 'value';
    if (at === 'key')
      return [complain(file, path, { expected: issue.message, message: `found the key ${JSON.stringify(path.at(-1))}`, at })];
    return [complain(file, path, { expected: issue.message, suggestion: suggestionFor(file, path, issue), at })];
  });
}

interface PlacedIssue {
  readonly issue: Issue;
  readonly path: Path;
}

/** The issues of a union are those of the form that was meant: the one whose type (text, list or mapping) the value has. */
function flatten(issue: Issue, base: Path): readonly PlacedIssue[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meantForms = issue.errors.filter((form) => !form.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0));
  if (meantForms.length === 0) return [{ issue, path }];
  // A mapping that one form finds only a part of wrong is that form, whatever the others object to in the whole.
  const entered = meantForms.filter((form) => form.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'));
  return (entered.length > 0 ? entered : meantForms).flat().flatMap((inner) => flatten(inner, path));
}

function unknownKey(file: DesiredFile, path: Path, key: string): FileError {
  return complain(file, [...path, key], {
    message: 'unknown key',
    expected: `one of ${keysAllowedAt(path).join(', ')}`,
    suggestion: intendedKey(file, path, key),
    at: 'key',
  });
}

/** The allowed key that was probably meant: a similar one that the mapping does not have yet. */
function intendedKey(file: DesiredFile, path: Path, key: string): string | undefined {
  const present = nodeAt(file.root, path)?.entries;
  return nearest(
    key,
    keysAllowedAt(path).filter((allowed) => present?.has(allowed) !== true),
  );
}

function keysAllowedAt(path: Path): readonly string[] {
  return formsAt(path).flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
}

function valuesAllowedAt(path: Path): readonly string[] {
  return formsAt(path).flatMap((schema) => (schema instanceof z.ZodEnum ? schema.options.map(String) : []));
}

/** The schemas of the values that a path may have; for a union, that of each form. */
function formsAt(path: Path): readonly z.core.$ZodType[] {
  return path.reduce(
    (schemas: readonly z.core.$ZodType[], step) => schemas.flatMap((schema) => childSchemas(schema, step)).flatMap(forms),
    forms(fileSchema),
  );
}

function forms(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms);
  return [schema];
}

function childSchemas(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (!(schema instanceof z.ZodObject)) return [];
  const inner: z.core.$ZodType | undefined = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  return inner === undefined ? [] : [inner];
}

/** What was probably meant: the same value in quotes, or a similar one of the allowed values. */
function suggestionFor(file: DesiredFile, path: Path, issue: Issue): string | undefined {
  const node = nodeAt(file.root, path);
  if (node === undefined) return undefined;
  if (typeof node.value === 'string') {
    const value = nearest(node.value, valuesAllowedAt(path));
    if (value !== undefined) return value;
  }
  if (isAccountPath(path)) return accountSuggestion(node.source ?? '');
  return isValidInQuotes(path, issue, node) ? `"${node.source}"` : undefined;
}

/** Whether the value would be valid as text, in quotes. */
function isValidInQuotes(path: Path, issue: Issue, node: FileNode): boolean {
  if (typeof node.value !== 'number' && typeof node.value !== 'boolean') return false;
  if (issue.code === 'custom' && issue.params?.text === true) return true;
  return formsAt(path).some((form) => z.core.safeParse(form, node.source).success);
}

function isAccountPath(path: Path): boolean {
  return path.at(-1) === 'account' || (path.length === 2 && path[0] === 'targets');
}

/** YAML reads digits without quotes as a number, and the AWS console shows account ids with hyphens. */
function accountSuggestion(source: string): string | undefined {
  const digits = source.replace(/[-\s]/g, '');
  return /^\d{12}$/.test(digits) ? `"${digits}"` : undefined;
}
