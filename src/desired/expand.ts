import { pathAndName } from '../iam/names.ts';
import type { AssumableRole, Desired, Exception, GrantForm } from '../state/desired.ts';
import type { State } from '../state/state.ts';
import { expandCallers } from './expand-callers.ts';
import { expandGroups, expandOtherGroups, expandUser, hubUser, type PlacedGroup, type PlacedOtherGroup, withGrants } from './expand-hub.ts';
import { expandTargets } from './expand-target.ts';
import { type StatedTool, withToolTrusts } from './expand-tool-trusts.ts';
import type { FileError } from './file-error.ts';
import { type DesiredFile, locationOf, type Path } from './file-node.ts';
import { DEFAULT_FORM, type Grantee } from './grants.ts';
import { createLocator } from './locator.ts';
import type { ValidParts } from './partial-parse.ts';
import { expandText, hasPlaceholder, type Placeholder, type PlaceholderValues } from './placeholders.ts';
import { quotaUses } from './quota-uses.ts';
import { Complaints, expandedText, type Scope } from './scope.ts';
import { expandContents } from './stated-policies.ts';
import { EXTERNAL_ID, fits, INLINE_POLICY_NAME, LABEL, REASON, RESOURCE, ROLE_NAME, TOOL_ROLE_NAME } from './syntax.ts';

/** Fills in defaults and placeholders. Returns the errors that show only in the expanded values. */
export function expand(file: DesiredFile, parts: ValidParts, sha256: string): { desired: Desired; errors: readonly FileError[] } {
  const complaints = new Complaints(file);
  const { account, partition = 'aws' } = parts.hub;
  const values = new Map<Placeholder, string>([
    ['hubAccount', account],
    ['partition', partition],
  ]);
  const scope: Scope = { partition, account, values, complaints };
  const grants: GrantForm = {
    policyName: parts.hub.grants?.policyName ?? DEFAULT_FORM.policyName,
    layout: parts.hub.grants?.layout ?? DEFAULT_FORM.layout,
  };

  const placedGroups = expandGroups(parts.hub, scope);
  const placedOthers = expandOtherGroups(parts.hub, scope);
  const user = expandUser(parts.hub, scope, placedGroups, placedOthers);
  const auditor = expandAssumable('auditor', parts.auditor, 'AssumeRoleAuditor', scope);
  const fixer = expandAssumable('fixer', parts.fixer, 'AssumeRoleFixer', scope);
  const tools: readonly StatedTool[] = [
    { tool: 'auditor', role: auditor, trustedBy: parts.auditor?.trustedBy },
    { tool: 'fixer', role: fixer, trustedBy: parts.fixer?.trustedBy },
  ];
  const grantees = firstOfEach(expandTargets(parts, scope, hubUser(parts.hub, scope).arn)).map((grantee) =>
    withToolTrusts(grantee, tools, scope),
  );
  checkGrantNames(grantees, grants, complaints);
  const groups = withGrants(placedGroups, grantees, grants, scope);
  const otherGroups = placedOthers.flatMap(({ name, group }) => (group === undefined ? [] : [{ name, value: group }]));
  const otherCallers = parts.hub.otherCallers && { otherCallers: expandCallers(parts.hub.otherCallers, scope) };
  const users = { hub: { account, user, groups, otherGroups, managedDocuments: [], ...otherCallers }, grantees };
  const { hub, targets, paths, unused } = expandContents(file, parts.policies, users, scope);
  const state: State = { partition, hub, targets };
  const locate = locatorOf(file, [...placedOthers, ...placedGroups], state, paths);
  return {
    // Invalid values are missing from a partial parse, so the names of the grants are not those that the file asks for.
    errors: parts.isPartial ? complaints.errors.filter((error) => !error.path.startsWith('hub.grants')) : complaints.errors,
    desired: {
      state,
      exceptions: expandExceptions(file, parts, scope, grantees),
      auditor,
      fixer,
      grants,
      quotas: quotaUses(state, locate),
      unusedPolicies: unused,
      source: { path: file.path, sha256 },
      locate,
    },
  };
}

/** Keeps the first target of each account. A repeated account is an error of its own, and the grant names that repeat with it are not reported as well. */
function firstOfEach(grantees: readonly Grantee[]): readonly Grantee[] {
  const accounts = new Set<string>();
  return grantees.filter(({ target: { account } }) => !accounts.has(account) && accounts.add(account));
}

function checkGrantNames(grantees: readonly Grantee[], grants: GrantForm, complaints: Complaints): void {
  if (grants.layout !== 'one-per-account') return;
  for (const { values, target } of grantees) {
    const name = expandText(grants.policyName, values);
    // A placeholder without a value and an invalid role name are errors of their own.
    if (hasPlaceholder(name) || !fits(target.roleName, ROLE_NAME) || fits(name, INLINE_POLICY_NAME)) continue;
    complaints.add(['hub', 'grants', 'policyName'], {
      message: `the grant for account ${values.get('account') ?? ''} would be called ${name}`,
      expected: INLINE_POLICY_NAME.expected,
    });
  }
}

function locatorOf(
  file: DesiredFile,
  groups: readonly (PlacedGroup | PlacedOtherGroup)[],
  state: State,
  policyPaths: ReadonlyMap<string, Path>,
) {
  const groupPaths = new Map(groups.map(({ name, path }) => [name, path]));
  const targetPaths = new Map(state.targets.map(({ account }, index): [string, Path] => [account, ['targets', index]]));
  return createLocator(file, groupPaths, targetPaths, policyPaths);
}

function expandAssumable(key: 'auditor' | 'fixer', content: ValidParts['auditor'], defaultName: string, scope: Scope): AssumableRole {
  const externalId = content?.externalId;
  const { path, name } = pathAndName(expandedText(scope, [key, 'roleName'], content?.roleName ?? defaultName, TOOL_ROLE_NAME));
  return {
    ...(path === '/' ? {} : { path }),
    roleName: name,
    externalId: externalId === undefined ? undefined : expandedText(scope, [key, 'externalId'], externalId, EXTERNAL_ID),
  };
}

function expandExceptions(file: DesiredFile, parts: ValidParts, scope: Scope, grantees: readonly Grantee[]): readonly Exception[] {
  const byAccount = new Map(grantees.map(({ target, values }) => [target.account, values]));
  return parts.exceptions.flatMap((exception, index) => {
    if (exception === undefined) return [];
    const path: Path = ['exceptions', index];
    const account = exception.account === undefined ? undefined : expandText(exception.account, scope.values);
    const values: PlaceholderValues =
      account === undefined ? scope.values : (byAccount.get(account) ?? new Map(scope.values).set('account', account));
    const inner: Scope = { ...scope, values };
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
