import { RULES } from '../../state/rules.ts';
import type { ReportFinding } from './schema.ts';

type Judged = Pick<ReportFinding, 'rule' | 'access'>;

/** What was found, without the names of what it is about. */
export function ruleTitleOf({ rule, access }: Judged): string {
  const { title, byAccess } = RULES[rule];
  return byAccess?.[access]?.title ?? title;
}

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
