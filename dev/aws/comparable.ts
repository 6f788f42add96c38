import type { AccountEstate, Document, NamedDocument } from '../../dev/aws/estate.ts';

/**
 * An account in a form in which it does not matter how policies are written, how grants are named and how they are laid out: statements taken apart by
 * action and resource, or by principal.
 */
export function comparable(account: AccountEstate): unknown {
  return {
    ...account,
    oidcProviders: [],
    formerUsers: [],
    users: account.users.map((user) => ({ ...user, inlinePolicies: named(user.inlinePolicies) })),
    groups: account.groups.map((group) => ({ ...group, inlinePolicies: unnamed(group.inlinePolicies) })),
    roles: account.roles.map(({ description = '', ...role }) => ({
      ...role,
      description,
      tags: role.tags?.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      trust: statements(role.trust),
      inlinePolicies: named(role.inlinePolicies),
    })),
  };
}

function named(policies: readonly NamedDocument[]): unknown {
  return policies.map(({ name, document }) => ({ name, statements: statements(document) }));
}

function unnamed(policies: readonly NamedDocument[]): string[] {
  return policies.flatMap(({ document }) => statements(document)).toSorted();
}

function statements(document: Document): string[] {
  const { Statement: list } = typeof document === 'string' ? JSON.parse(document) : document;
  return [list]
    .flat()
    .flatMap(({ Sid: _sid, Action, Resource, Principal, ...rest }) =>
      flat(Action).flatMap((action) =>
        flat(Resource ?? principals(Principal)).map((of) => JSON.stringify([action, of, Object.entries(rest).toSorted()])),
      ),
    )
    .toSorted();
}

function flat(value: unknown): unknown[] {
  return [value].flat();
}

function principals(principal: unknown): string[] {
  const kinds: [string, unknown][] = typeof principal === 'object' && principal !== null ? Object.entries(principal) : [['', principal]];
  return kinds.flatMap(([kind, names]) => flat(names).map((name) => `${kind} ${String(name)}`));
}
