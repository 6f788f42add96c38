import type { DriftOptions } from '../drift/drift.ts';
import type { AssumableRole, Desired, Exception } from '../state/desired.ts';
import { foldRequests } from './fold-requests.ts';
import { otherGroupText, policyParts } from './policy-words.ts';
import type { RequestedAccess, RequestedAccount, RequestKind } from './request.ts';
import { requestedByCallers } from './requested-by-callers.ts';
import { requestedByContent, requestedByContents, requestedByGroups } from './requested-by-content.ts';
import { requestedByNames } from './requested-by-names.ts';
import { requestedByTargets } from './requested-by-targets.ts';
import { requestedByToolTrusts } from './requested-by-tool-trusts.ts';

/**
 * The access that a change of the file asks for: the base's desired state against the head's. Needs neither AWS nor GitHub. Pure.
 *
 * @param base `undefined`: there is no file yet, and everything in the head's is asked for
 */
export function requestedAccess(base: Desired | undefined, head: Desired, options: DriftOptions): readonly RequestedAccess[] {
  const stays =
    base === undefined
      ? newUser(head)
      : [
          ...ofHub(base, head),
          ...requestedByContent(base, head, options),
          ...requestedByContents(base, head),
          ...requestedByNames(base, head),
          ...requestedByToolTrusts(base, head),
        ];
  const all = [
    ...requestedByTargets(base, head),
    ...requestedByGroups(base, head),
    ...stays,
    ...requestedByCallers(base, head),
    ...ofExceptions(base, head),
  ];
  return foldRequests(all, [...(base?.state.targets ?? []), ...head.state.targets]);
}

function newUser(head: Desired): RequestedAccount[] {
  const { hub } = head.state;
  const about = { account: hub.account, where: 'hub' as const, location: head.locate.hub('user') };
  const { value: found } = hub.user;
  const others = found?.groups?.optional ?? [];
  const parts = [
    `hub user ${hub.user.name}`,
    ...policyParts(found ?? {}),
    ...(others.length === 0 ? [] : [`optionally in the groups ${others.map((name) => otherGroupText(name, head.state)).join(', ')}`]),
    ...(found?.otherCredentials?.any === true ? ['optionally with credentials other than access keys'] : []),
    ...(found?.consoleLogin === true ? ['optionally with a console password'] : []),
  ];
  return [{ ...about, kind: 'grants', what: parts.join(', ') }];
}

/** What everything else depends on: the hub, its user, and the roles with which the action reads and repairs. */
function ofHub(base: Desired, head: Desired): RequestedAccount[] {
  const change = (what: string, from: string, to: string, key?: string): RequestedAccount[] => {
    const about = { account: head.state.hub.account, where: 'hub' as const, kind: 'changes' as const };
    return from === to ? [] : [{ ...about, what: `${what}, from ${from} to ${to}`, location: head.locate.hub(key) }];
  };
  const hubOf = ({ state }: Desired) => `${state.hub.account} (${state.partition})`;
  const roleOf = ({ path = '/', roleName, externalId }: AssumableRole) =>
    `${path.slice(1)}${roleName}${externalId === undefined ? '' : ' with an external id'}`;
  // The external id itself is left out: it protects the role.
  const role = (what: string, from: AssumableRole, to: AssumableRole) => {
    const isOther = roleOf(from) === roleOf(to) && from.externalId !== to.externalId;
    return change(what, roleOf(from), isOther ? `${to.roleName} with a different external id` : roleOf(to));
  };
  return [
    ...change('the hub account', hubOf(base), hubOf(head), 'account'),
    ...change('the hub user', base.state.hub.user.name, head.state.hub.user.name, 'user'),
    ...role('the role that reads the targets', base.auditor, head.auditor),
    ...role('the role that repairs the targets', base.fixer, head.fixer),
  ];
}

/** Drift that is accepted from now on, or no longer. It changes nobody's access, but what is reported. */
function ofExceptions(base: Desired | undefined, head: Desired): RequestedAccount[] {
  const key = ({ location: _location, ...exception }: Exception) => JSON.stringify(Object.values(exception).map((value) => value ?? null));
  const [before, after] = [base?.exceptions ?? [], head.exceptions];
  const onlyIn = (some: readonly Exception[], others: readonly Exception[]) => {
    const known = new Set(others.map(key));
    return some.filter((exception) => !known.has(key(exception)));
  };
  const hub = head.state.hub.account;
  const tell = (exception: Exception, kind: RequestKind, words: string, location: RequestedAccount['location']): RequestedAccount => {
    const { rule, account = hub, resource, roleName, finding, owner, reason, expires } = exception;
    const which = [
      `${rule}${resource === undefined ? '' : ` of ${resource}`}${exception.account === undefined ? ' in any account' : ''}`,
      roleName === undefined ? '' : ` at role ${roleName}`,
      finding === undefined ? '' : ' (one finding only)',
    ].join('');
    const what = `${which}${words} until ${expires}, for ${owner}: ${reason}`;
    return { account, where: account === hub ? 'hub' : 'targets', kind, what, location };
  };
  return [
    ...onlyIn(after, before).map((exception) => tell(exception, 'accepts', '', exception.location)),
    ...onlyIn(before, after).map((exception) => tell(exception, 'describes', ', no longer accepted in its earlier form', null)),
  ];
}
