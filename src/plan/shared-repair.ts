import { shown } from '../drift/documents.ts';
import type { Finding } from '../drift/finding.ts';
import { shortName } from '../iam/arn.ts';
import type { Group, InlinePolicy, Role, User } from '../state/state.ts';
import type { Attempt } from './draft.ts';
import type { Entity } from './part.ts';
import type { Broken } from './repair-context.ts';

/** Name of the inline policy that a finding is about: its resource is the entity's ARN + `/policy/NAME`. */
export function inlineNameOf({ resource, entity }: Finding): string {
  return resource.slice(`${entity}/policy/`.length);
}

/** Repairs of what users, groups and roles share; `undefined` for other rules. `wanted` are the inline policies as they should be. */
export function sharedRepair(
  entity: Entity,
  { finding, phase }: Broken,
  attempt: Attempt,
  wanted: readonly InlinePolicy[],
): string | undefined {
  const name = inlineNameOf(finding);
  const label = labelOf(entity);
  switch (finding.rule.replace(/^(?:hub-user|hub-group|role)-/, '')) {
    case 'policy-missing':
      attempt.set(
        phase,
        { kind: 'attached', of: entity, arn: finding.resource },
        finding.resource,
        `Attach ${shortName(finding.resource)} to ${label}`,
      );
      return '';
    case 'policy-extra':
      attempt.set(
        phase,
        { kind: 'attached', of: entity, arn: finding.resource },
        null,
        `Detach ${shortName(finding.resource)} from ${label}`,
      );
      return '';
    case 'inline-policy-missing':
    case 'inline-policy-changed': {
      const policy = wanted.find((other) => other.name === name);
      if (policy === undefined) return undefined;
      const verb = finding.rule.endsWith('missing') ? 'Give' : 'Put back';
      const purpose =
        verb === 'Give' ? `Give ${label} its inline policy ${name}` : `Put the inline policy ${name} of ${label} back as the file has it`;
      attempt.set(phase, { kind: 'inline', of: entity, name }, shown(policy.document), purpose);
      return '';
    }
    case 'inline-policy-extra':
      attempt.set(phase, { kind: 'inline', of: entity, name }, null, `Delete the inline policy ${name} of ${label}`);
      return '';
    case 'boundary-missing':
    case 'boundary-changed':
      attempt.set(
        phase,
        { kind: 'boundary', of: entity },
        finding.desired,
        `Limit ${label} by the permissions boundary ${shortName(String(finding.desired))}`,
      );
      return '';
    case 'boundary-extra':
      attempt.set(phase, { kind: 'boundary', of: entity }, null, `Take the permissions boundary off ${label}`);
      return '';
    default:
      return undefined;
  }
}

/** All policies of something that was just created. */
export function setPolicies(
  phase: Broken['phase'],
  entity: Entity,
  { managedPolicies, inlinePolicies = [] }: Pick<User | Group | Role, 'managedPolicies' | 'inlinePolicies'>,
  attempt: Attempt,
): void {
  const label = labelOf(entity);
  for (const arn of managedPolicies?.required ?? []) {
    attempt.set(phase, { kind: 'attached', of: entity, arn }, arn, `Attach ${shortName(arn)} to ${label}`);
  }
  for (const { name, document } of inlinePolicies) {
    attempt.set(phase, { kind: 'inline', of: entity, name }, shown(document), `Give ${label} its inline policy ${name}`);
  }
}

/** `role Micetro in 222222222222`, `hub group micetro-targets`. */
export function labelOf({ kind, account, name }: Entity): string {
  return kind === 'Role' ? `role ${name} in ${account}` : `hub ${kind.toLowerCase()} ${name}`;
}
