import type { Statement, Version } from './statement.ts';
import { byText, sortedStatement, statementJson } from './statement-json.ts';

/** The official spelling of what stands in nearly every document here, whatever case it was written in. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    'sts:AssumeRole',
    'sts:AssumeRoleWithSAML',
    'sts:AssumeRoleWithWebIdentity',
    'sts:SetContext',
    'sts:SetSourceIdentity',
    'sts:TagSession',
    'sts:GetCallerIdentity',
  ].map((action) => [action.toLowerCase(), action]),
);

/** Statements as one document: sorted, without repetitions, without Sids. Equal for policies that are written in another order. */
export function canonicalDocument(statements: readonly Statement[]): Readonly<Record<string, unknown>> {
  const byJson = new Map<string, Readonly<Record<string, unknown>>>();
  for (const statement of statements) {
    const spelled = { ...statement, action: { ...statement.action, values: statement.action.values.map(officialSpelling) } };
    const json = statementJson(sortedStatement(spelled));
    byJson.set(JSON.stringify(json), json);
  }
  const sorted = [...byJson].sort(([a], [b]) => byText(a, b)).map(([, json]) => json);
  return { Version: versionOf(statements), Statement: sorted };
}

function officialSpelling(action: string): string {
  return SPELLINGS.get(action.toLowerCase()) ?? action;
}

/** The older version is kept only where it matters: where text looks like a policy variable. */
export function versionOf(statements: readonly Statement[]): Version {
  const variable = (text: string): boolean => text.includes('${');
  const matters = statements.some(
    ({ version, resource, conditions, doubt }) =>
      version === '2008-10-17' &&
      (resource?.values.some(variable) ||
        conditions.some(({ values }) => values.some(variable)) ||
        variable(JSON.stringify(doubt?.written ?? []))),
  );
  return matters ? '2008-10-17' : '2012-10-17';
}
