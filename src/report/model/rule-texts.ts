import { RULES } from '../../state/rules.ts';
import type { ReportFinding } from './schema.ts';

type Judged = Pick<ReportFinding, 'rule' | 'access'>;

/** What the finding means for who may do what. */
export function meaningOf({ rule, access }: Judged): string {
  const { meaning, byAccess } = RULES[rule];
  return byAccess?.[access]?.meaning ?? meaning;
}

/** What people should do about the finding. */
export function remedyOf({ rule, access }: Judged): string {
  const { remedy, byAccess } = RULES[rule];
  return byAccess?.[access]?.remedy ?? remedy;
}
