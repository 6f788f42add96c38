import { pathAndName } from '../iam/names.ts';
import type { AssumableRole, Desired, GrantForm, Unused } from '../state/desired.ts';
import type { State } from '../state/state.ts';
import { targetKey } from '../state/targets.ts';
import { distinctTargets } from './distinct-targets.ts';
import { expandAccounts } from './expand-accounts.ts';
import { expandCallers } from './expand-callers.ts';
import { expandExceptions } from './expand-exceptions.ts';
import { expandGroups, expandOtherGroups, expandUser, hubUser, type PlacedGroup, type PlacedOtherGroup, withGrants } from './expand-hub.ts';
import { expandOrganization } from './expand-organization.ts';
import { expandTargets } from './expand-target.ts';
import type { StatedTool } from './expand-tool-trusts.ts';
import type { FileError } from './file-error.ts';
import { type DesiredFile, locationOf, type Path } from './file-node.ts';
import { DEFAULT_FORM, type Grantee } from './grants.ts';
import { createLocator } from './locator.ts';
import type { ValidParts } from './partial-parse.ts';
import { expandText, hasPlaceholder, type Placeholder } from './placeholders.ts';
import { quotaUses } from './quota-uses.ts';
import { Complaints, expandedText, type Scope } from './scope.ts';
import { expandContents } from './stated-policies.ts';
import { EXTERNAL_ID, fits, INLINE_POLICY_NAME, ROLE_NAME, TOOL_ROLE_NAME } from './syntax.ts';

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
  const grantees = distinctTargets(file, expandTargets(parts, scope, hubUser(parts.hub, scope).arn), complaints);
  checkGrantNames(grantees, grants, complaints);
  const groups = withGrants(placedGroups, grantees, grants, scope);
  const otherGroups = placedOthers.flatMap(({ name, group }) => (group === undefined ? [] : [{ name, value: group }]));
  const otherCallers = parts.hub.otherCallers && { otherCallers: expandCallers(parts.hub.otherCallers, scope) };
  const users = {
    hub: { account, user, groups, otherGroups, managedDocuments: [], ...otherCallers },
    grantees,
    accounts: expandAccounts(grantees, tools, scope),
  };
  const { hub, accounts, paths, unused } = expandContents(file, parts.policies, users, scope);
  const organization = expandOrganization(parts.organization);
  const targets = grantees.map(({ target }) => target);
  const state: State = { partition, hub, targets, accounts, ...(organization === undefined ? {} : { organization }) };
  const locate = locatorOf(file, [...placedOthers, ...placedGroups], grantees, paths);
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
      unusedClasses: unusedClasses(file, parts),
      source: { path: file.path, sha256 },
      locate,
    },
  };
}

function checkGrantNames(grantees: readonly Grantee[], grants: GrantForm, complaints: Complaints): void {
  if (grants.layout !== 'one-per-account') return;
  for (const { values, target } of grantees) {
    const name = expandText(grants.policyName, values);
    // A placeholder without a value and an invalid role name are errors of their own.
    if (hasPlaceholder(name) || !fits(target.roleName, ROLE_NAME) || fits(name, INLINE_POLICY_NAME)) continue;
    complaints.add(['hub', 'grants', 'policyName'], {
      message: `the grant for account ${values.get('account') ?? ''} would be named ${name}`,
      expected: INLINE_POLICY_NAME.expected,
    });
  }
}

function unusedClasses(file: DesiredFile, { classes, targets }: ValidParts): readonly Unused[] {
  const used = new Set(targets.flatMap((target) => (typeof target === 'object' && target.class !== undefined ? [target.class] : [])));
  return [...classes.keys()]
    .filter((name) => !used.has(name))
    .map((name) => ({ name, location: locationOf(file, ['classes', name], 'key') }));
}

function locatorOf(
  file: DesiredFile,
  groups: readonly (PlacedGroup | PlacedOtherGroup)[],
  grantees: readonly Grantee[],
  policyPaths: ReadonlyMap<string, Path>,
) {
  const groupPaths = new Map(groups.map(({ name, path }) => [name, path]));
  const targetPaths = new Map(grantees.map(({ target, path }) => [targetKey(target), path]));
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
