import { sameName } from '../iam/names.ts';
import type { Desired } from '../state/desired.ts';
import type { NamedCaller } from '../state/principals.ts';
import type { RequestedAccount, RequestKind } from './request.ts';

/** Changes of who else in the hub account may assume the roles. The file gives nobody access by that: it says whose access is accepted. */
export function requestedByCallers(base: Desired | undefined, head: Desired): RequestedAccount[] {
  const [before, after] = [base?.state.hub.otherCallers, head.state.hub.otherCallers];
  const request = (kind: RequestKind, what: string, location: RequestedAccount['location']): RequestedAccount[] => [
    { account: head.state.hub.account, where: 'hub', kind, what, location },
  ];
  if (after === undefined) {
    return before === undefined
      ? []
      : request('accepts', 'other users and roles of the hub account that may assume the target roles: no longer compared', null);
  }
  const location = head.locate.hub('otherCallers');
  const isIn = (callers: readonly NamedCaller[], one: NamedCaller) => callers.some((other) => isSame(one, other));
  return [
    ...(base !== undefined && before === undefined
      ? request('describes', 'other users and roles of the hub account that may assume the target roles: now compared', location)
      : []),
    ...after
      .filter((caller) => !isIn(before ?? [], caller))
      .flatMap((caller) => request('accepts', `${textOf(caller)} of the hub account, which may assume the target roles`, location)),
    ...(before ?? [])
      .filter((caller) => !isIn(after, caller))
      .flatMap((caller) =>
        request('describes', `${textOf(caller)} of the hub account, no longer accepted as a caller of the target roles`, null),
      ),
  ];
}

function isSame(one: NamedCaller, other: NamedCaller): boolean {
  return one.kind === other.kind && one.path === other.path && sameName(one.name, other.name);
}

function textOf({ kind, path = '/', name }: NamedCaller): string {
  return kind === undefined ? name : `${kind.toLowerCase()}${path}${name}`;
}
