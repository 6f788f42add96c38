import type { Access } from './access.ts';
import { allowsEverything } from './allows-everything.ts';
import type { Difference } from './difference.ts';
import { type Newcomer, newcomersOf } from './newcomers.ts';

/** What a finding lets somebody do, worst first. Everything that lists findings lists them in this order. */
export const SEVERITIES = ['leaked-key', 'everyone', 'foreign-account', 'administrator', 'more', 'changed', 'less', 'none'] as const;

export type Severity = (typeof SEVERITIES)[number];

const BY_ACCESS: Readonly<Record<Access, Severity>> = { widened: 'more', changed: 'changed', narrowed: 'less', none: 'none' };

/** How bad a difference is, judged by what is live. */
export function severityOf(difference: Difference, access: Access): Severity {
  if (difference.kind === 'key-quarantine') return 'leaked-key';
  if (access === 'narrowed' || access === 'none') return BY_ACCESS[access];
  const [worst] = newcomersIn(difference);
  if (worst?.reach === 'everyone' || worst?.reach === 'foreign-account') return worst.reach;
  return isAdministrator(difference) ? 'administrator' : BY_ACCESS[access];
}

/** Whom a trust lets in that the file does not name, of the target's role or of one of the action's own. */
function newcomersIn(difference: Difference): readonly Newcomer[] {
  switch (difference.kind) {
    case 'trust':
      return newcomersOf(difference);
    case 'tool-trust':
      return difference.live === null ? [] : newcomersOf({ ...difference, judged: difference.live });
    default:
      return [];
  }
}

/** Policies of AWS with which a principal can do everything, or give itself the right to. */
const ADMINISTRATORS = /^arn:[^:]*:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/;

function isAdministrator(difference: Difference): boolean {
  switch (difference.kind) {
    case 'attached':
      return (
        difference.live !== null &&
        (ADMINISTRATORS.test(difference.live) || (difference.content && allowsEverything(difference.content)) === true)
      );
    case 'inline':
    case 'policy-content':
    case 'aws-policy-content':
      return difference.live !== null && allowsEverything(difference.live) && !(difference.desired && allowsEverything(difference.desired));
    default:
      return false;
  }
}
