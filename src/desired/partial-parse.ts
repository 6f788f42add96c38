import type { z } from 'zod';
import { isMapping } from '../state/json.ts';
import {
  type DefaultsContent,
  type DocumentsContent,
  type ExceptionContent,
  type FileContent,
  fileSchema,
  type HubContent,
  partSchemas,
  type TargetContent,
} from './schema.ts';

/**
 * The parts of a file that the schema accepts. All later checks work on these, so that one invalid value does not hide the errors in other parts.
 * Invalid list items are `undefined`, to keep the indexes of the others.
 */
export interface ValidParts {
  /** Whether anything in the file is invalid, and so left out or replaced here. */
  readonly isPartial: boolean;
  readonly hub: HubContent;
  readonly auditor: FileContent['auditor'];
  readonly fixer: FileContent['fixer'];
  readonly defaults: DefaultsContent;
  /** By name. */
  readonly classes: ReadonlyMap<string, DefaultsContent>;
  readonly targets: readonly (string | TargetContent | undefined)[];
  readonly policies: DocumentsContent;
  readonly organization: FileContent['organization'];
  readonly exceptions: readonly (ExceptionContent | undefined)[];
}

export interface PartialParse {
  readonly parts: ValidParts;
  /** Why the schema rejects the file; empty if it does not. */
  readonly issues: readonly z.core.$ZodIssue[];
}

/** Checks the file's value against the schema, and keeps the parts that are valid by themselves. */
export function parseParts(value: unknown): PartialParse {
  const whole = fileSchema.safeParse(value);
  if (whole.success) {
    const { hub, auditor, fixer, defaults = {}, classes = {}, targets, policies = new Map(), organization, exceptions = [] } = whole.data;
    const parts = { hub, auditor, fixer, defaults, classes: new Map(Object.entries(classes)), targets, policies, organization, exceptions };
    return { parts: { isPartial: false, ...parts }, issues: [] };
  }
  const given = isMapping(value) ? value : {};
  const hub = parsed(partSchemas.hub, given.hub);
  return {
    issues: whole.error.issues,
    parts: {
      isPartial: true,
      hub: hub ?? fallbackHub(given.hub),
      auditor: parsed(fileSchema.shape.auditor, given.auditor),
      fixer: parsed(fileSchema.shape.fixer, given.fixer),
      defaults: parsed(partSchemas.defaults, given.defaults) ?? {},
      classes: new Map(entries(given.classes).map(([name, content]) => [name, parsed(partSchemas.roleClass, content) ?? {}])),
      targets: items(given.targets).map((item) => parsed(fileSchema.shape.targets.element, item)),
      policies: parsed(fileSchema.shape.policies, given.policies) ?? new Map(),
      organization: parsed(fileSchema.shape.organization, given.organization),
      exceptions: items(given.exceptions).map((item) => parsed(partSchemas.exception, item)),
    },
  };
}

/** Takes the place of a hub that is invalid or missing, so that the rest of the file can be checked. */
export function fallbackHub(value: unknown): HubContent {
  const { account, partition } = partSchemas.hub.shape;
  const given = isMapping(value) ? value : {};
  return {
    account: parsed(account, given.account) ?? '111122223333',
    partition: parsed(partition, given.partition),
    user: 'user',
    group: 'group',
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined {
  return schema.safeParse(value).data;
}

function entries(value: unknown): readonly [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
