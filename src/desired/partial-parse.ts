import type { z } from 'zod';
import { isMapping } from './placeholders.ts';
import {
  type DefaultsContent,
  type ExceptionContent,
  type FileContent,
  fileSchema,
  type HubContent,
  partSchemas,
  type TargetContent,
} from './schema.ts';

/**
 * What of a file has the right form, with holes where something has not. All later checks work on this, so that one wrong value
 * does not hide the errors elsewhere. A file without errors has no holes.
 */
export interface SoundContent {
  readonly hub: HubContent;
  readonly hasHoles: boolean;
  readonly auditor: FileContent['auditor'];
  readonly fixer: FileContent['fixer'];
  readonly defaults: DefaultsContent;
  readonly targets: readonly (string | TargetContent | undefined)[];
  readonly exceptions: readonly (ExceptionContent | undefined)[];
}

export interface SalvagedContent {
  readonly content: SoundContent;
  /** What the schema says against the whole. */
  readonly issues: readonly z.core.$ZodIssue[];
}

/** The sound parts of the file's value. */
export function readContent(value: unknown): SalvagedContent {
  const whole = fileSchema.safeParse(value);
  if (whole.success) {
    const { hub, auditor, fixer, defaults = {}, targets, exceptions = [] } = whole.data;
    return { content: { hub, hasHoles: false, auditor, fixer, defaults, targets, exceptions }, issues: [] };
  }
  const given = isMapping(value) ? value : {};
  const hub = parsed(partSchemas.hub, given.hub);
  return {
    issues: whole.error.issues,
    content: {
      hub: hub ?? standIn(given.hub),
      hasHoles: true,
      auditor: parsed(fileSchema.shape.auditor, given.auditor),
      fixer: parsed(fileSchema.shape.fixer, given.fixer),
      defaults: parsed(partSchemas.defaults, given.defaults) ?? {},
      targets: items(given.targets).map((item) => parsed(fileSchema.shape.targets.element, item)),
      exceptions: items(given.exceptions).map((item) => parsed(partSchemas.exception, item)),
    },
  };
}

/** Stands in for a hub that is not sound, or says nothing yet, so that the rest can be checked all the same. */
export function standIn(value: unknown): HubContent {
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

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
