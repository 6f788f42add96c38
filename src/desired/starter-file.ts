import type { SalvagedContent, SoundContent } from './partial-parse.ts';
import { standIn } from './partial-parse.ts';
import { fileSchema, partSchemas } from './schema.ts';

/**
 * A desired state that is only begun: the hub's account and the names of the roles, say, for mode capture to fill in the rest. The same keys as in
 * a whole one, without targets.
 */
const stubSchema = fileSchema.omit({ targets: true }).extend({
  version: fileSchema.shape.version.optional(),
  hub: partSchemas.hub.extend({ user: partSchemas.hub.shape.user.optional() }),
});

/** The content of a stub; who is not named in it yet has a stand-in. One that is not sound is empty: there is little that could hide other errors. */
export function readStub(value: unknown): SalvagedContent {
  const whole = stubSchema.safeParse(value);
  const empty: SoundContent = {
    hub: standIn(undefined),
    hasHoles: true,
    auditor: undefined,
    fixer: undefined,
    defaults: {},
    targets: [],
    exceptions: [],
  };
  if (!whole.success) return { content: empty, issues: whole.error.issues };
  const { hub, auditor, fixer, defaults = {}, exceptions = [] } = whole.data;
  return {
    content: { ...empty, hasHoles: false, hub: { ...hub, user: hub.user ?? empty.hub.user }, auditor, fixer, defaults, exceptions },
    issues: [],
  };
}
