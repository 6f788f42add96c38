import { type Reading, readDocument } from './document.ts';
import type { Statement } from './statement.ts';
import { byText, sortedStatement, statementJson } from './statement-json.ts';
import type { PolicyKind, PolicySource } from './types.ts';

export interface CanonicalForm extends Reading {
  /** Actions and condition keys in lower case: equal values for documents that differ in their case alone. For digests rather than for eyes. */
  readonly fold?: boolean;
}

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

/**
 * A document as a plain JSON value in one form: statements and lists sorted and without repetitions, a list of one as a scalar, account ids
 * as root ARNs, without Id and Sids. Text or objects that are no policy of the kind come back as they are.
 */
export function canonical(document: PolicySource, kind: PolicyKind, form: CanonicalForm = {}): unknown {
  const { statements } = readDocument(document, kind, form);
  return statements ? canonicalStatements(statements, form.fold ?? false) : document;
}

function canonicalStatements(statements: readonly Statement[], fold: boolean): Readonly<Record<string, unknown>> {
  const byJson = new Map<string, Readonly<Record<string, unknown>>>();
  for (const statement of statements) {
    const spelled = { ...statement, action: { ...statement.action, values: statement.action.values.map(officialSpelling) } };
    const json = statementJson(sortedStatement(spelled, fold));
    byJson.set(JSON.stringify(json), json);
  }
  const sorted = [...byJson].sort(([a], [b]) => byText(a, b)).map(([, json]) => json);
  return { Version: versionOf(statements), Statement: sorted };
}

function officialSpelling(action: string): string {
  return SPELLINGS.get(action.toLowerCase()) ?? action;
}

/** The older version is kept only where it matters: where text looks like a policy variable. */
export function versionOf(statements: readonly Statement[]): string {
  const variable = (text: string): boolean => text.includes('${');
  const matters = statements.some(
    ({ version, resource, conditions }) =>
      version === '2008-10-17' && (resource?.values.some(variable) || conditions.some(({ values }) => values.some(variable))),
  );
  return matters ? '2008-10-17' : '2012-10-17';
}
