import { grouped } from '../../text/grouped.ts';
import { withoutName } from '../../text/names.ts';
import { hasSeveralRoles } from './accounts.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/*
 * Texts in which what only says which account, role or target it is of is replaced by placeholders: equal ones say the same.
 */

/** Replaces an account's own id and the ARNs of its roles in a text by placeholders. Where accounts have several roles, their names stay. */
export function neutralizers(report: Report): (account: string, text: string) => string {
  const isSeveral = hasSeveralRoles(report);
  const inAccounts = grouped(report.targets, ({ account }) => account);
  const patterns = new Map<string, readonly (readonly [RegExp, string])[]>();
  const patternsOf = (account: string) => {
    const arns = (inAccounts.get(account) ?? []).map(({ roleArn, roleName }) => {
      const pattern = new RegExp(`${literal(roleArn)}(?![\\w+=,.@·-])`, 'g');
      return [pattern, isSeveral ? `{role ${roleName}}` : '{role}'] as const;
    });
    // A masked id may go on with `·2`: that is another account.
    return [...arns, [new RegExp(`(?<!\\d)${literal(account)}(?![\\d·])`, 'g'), '{account}'] as const];
  };
  return (account, text) => {
    const own = patterns.get(account) ?? patternsOf(account);
    patterns.set(account, own);
    return own.reduce((neutral, [pattern, placeholder]) => neutral.replace(pattern, () => placeholder), text);
  };
}

/** Replaces the names of a finding's target and of its role as whole words. */
export function namelessTexts(report: Report): (finding: ReportFinding) => (text: string) => string {
  const rewrites = new Map<ReportTarget, (text: string) => string>();
  const targets = new Map(report.targets.map((target) => [target.roleArn, target]));
  return ({ roleArn }) => {
    const target = targets.get(roleArn ?? '');
    if (target === undefined) return (text) => text;
    const rewrite = rewrites.get(target) ?? withoutNames(target);
    rewrites.set(target, rewrite);
    return rewrite;
  };
}

function withoutNames({ roleName, name }: ReportTarget): (text: string) => string {
  return (text) => {
    const roleless = withoutName(text, roleName, '{roleName}');
    return name === null ? roleless : withoutName(roleless, name, '{targetName}');
  };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
