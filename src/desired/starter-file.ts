import { fallbackHub, type PartialParse, type ValidParts } from './partial-parse.ts';
import { fileSchema, partSchemas } from './schema.ts';

/**
 * A starter file states, for example, the hub's account and the names of the roles, and mode `capture` fills in the rest. It has the same keys as a whole
 * desired state, but no targets.
 */
const starterSchema = fileSchema.omit({ targets: true }).extend({
  version: fileSchema.shape.version.optional(),
  hub: partSchemas.hub.extend({ user: partSchemas.hub.shape.user.optional() }),
});

/**
 * Checks a starter file against its schema. A hub user that it does not name yet has a fallback. Of an invalid file no part is kept: it is too small for one
 * error to hide others.
 */
export function parseStarterParts(value: unknown): PartialParse {
  const whole = starterSchema.safeParse(value);
  const empty: ValidParts = {
    isPartial: true,
    hub: fallbackHub(undefined),
    auditor: undefined,
    fixer: undefined,
    defaults: {},
    classes: new Map(),
    targets: [],
    policies: new Map(),
    organization: undefined,
    exceptions: [],
  };
  if (!whole.success) return { parts: empty, issues: whole.error.issues };
  const { hub, auditor, fixer, defaults = {}, classes = {}, policies = new Map(), organization, exceptions = [] } = whole.data;
  return {
    parts: {
      ...empty,
      isPartial: false,
      hub: { ...hub, user: hub.user ?? empty.hub.user },
      auditor,
      fixer,
      defaults,
      classes: new Map(Object.entries(classes)),
      policies,
      organization,
      exceptions,
    },
    issues: [],
  };
}
