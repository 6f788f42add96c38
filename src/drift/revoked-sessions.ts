import type { Policy } from '../policy/index.ts';
import type { LocateKey } from '../state/entities.ts';
import type { InlinePolicy } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { accessOfExtra } from './policies.ts';

/** The name that the IAM console gives the policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html */
const NAME = 'AWSRevokeOlderSessions';

type Policies = readonly InlinePolicy[] | undefined;

/**
 * The inline policy by which somebody revoked the role's sessions: it only denies, and the file does not state one of its name. Any other policy of that
 * name is a policy like all others.
 */
export function sessionRevocation(desired: Policies, live: Policies): InlinePolicy | undefined {
  if (desired === undefined || desired.some(({ name }) => name === NAME)) return undefined;
  return live?.find(isSessionRevocation);
}

/** Whether it only denies, under the name that the console gives. */
export function isSessionRevocation({ name, document }: InlinePolicy): boolean {
  return name === NAME && accessOfExtra(document) === 'narrowed';
}

/** Rule `role-sessions-revoked`. */
export function revokedSessionsDrift(of: Owner<'Role'>, locate: LocateKey, revocation: InlinePolicy | undefined): FindingInput[] {
  if (revocation === undefined) return [];
  const { name, document } = revocation;
  const difference = { kind: 'revoked-sessions', of, name, before: dateIn(document), desired: null, live: document } as const;
  return [{ difference, access: 'narrowed', location: locate('inlinePolicies') }];
}

/** Sessions that were issued before it are denied. `undefined` where the policy has no such date, or several. */
function dateIn({ statements }: Policy): string | undefined {
  const conditions = (statements ?? []).flatMap((statement) => statement.conditions);
  const [date, ...more] = conditions
    .filter(({ operator, key }) => operator.test === 'date-less' && !operator.negated && key.toLowerCase() === 'aws:tokenissuetime')
    .flatMap(({ values }) => values);
  return more.length === 0 && date !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(date) ? date : undefined;
}
