import { sameName } from '../iam/names.ts';
import type { Exception } from '../state/desired.ts';
import { type DesiredFile, locationOf, type Path } from './file-node.ts';
import type { Grantee } from './grants.ts';
import type { ValidParts } from './partial-parse.ts';
import { expandText, type PlaceholderValues } from './placeholders.ts';
import { expandedText, type Scope } from './scope.ts';
import { LABEL, REASON, RESOURCE, ROLE_NAME } from './syntax.ts';

/** The accepted drift, with placeholders filled in: those of the target that an exception is about, where it is about one. */
export function expandExceptions(file: DesiredFile, parts: ValidParts, scope: Scope, grantees: readonly Grantee[]): readonly Exception[] {
  return parts.exceptions.flatMap((exception, index) => {
    if (exception === undefined) return [];
    const path: Path = ['exceptions', index];
    const account = exception.account === undefined ? undefined : expandText(exception.account, scope.values);
    const inner: Scope = account === undefined ? scope : { ...scope, values: valuesIn(account, exception.roleName, scope, grantees) };
    return [
      {
        rule: exception.rule,
        account,
        resource: exception.resource === undefined ? undefined : expandedText(inner, [...path, 'resource'], exception.resource, RESOURCE),
        roleName: exception.roleName === undefined ? undefined : expandedText(inner, [...path, 'roleName'], exception.roleName, ROLE_NAME),
        finding: exception.finding,
        owner: expandedText(inner, [...path, 'owner'], exception.owner, LABEL),
        reason: expandedText(inner, [...path, 'reason'], exception.reason, REASON),
        expires: exception.expires,
        location: locationOf(file, path, 'value'),
      },
    ];
  });
}

/** Those of the only target in the account, or of the one whose role is named; else those of the account. */
function valuesIn(account: string, roleName: string | undefined, scope: Scope, grantees: readonly Grantee[]): PlaceholderValues {
  const inAccount = grantees.filter(({ target }) => target.account === account);
  const [first, ...others] = inAccount;
  if (first !== undefined && others.length === 0) return first.values;
  const values = new Map(scope.values).set('account', account);
  if (roleName === undefined) return values;
  const name = expandText(roleName, values);
  return inAccount.find(({ target }) => sameName(target.roleName, name))?.values ?? values;
}
