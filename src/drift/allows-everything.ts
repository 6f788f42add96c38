import type { Policy } from '../policy/index.ts';

/** Whether a statement allows every action on every resource, without conditions; what else the policy denies does not count. */
export function allowsEverything({ statements }: Policy): boolean {
  const isAll = (list: { readonly negated: boolean; readonly values: readonly string[] } | null) =>
    list !== null && !list.negated && list.values.some((value) => /^\*(?::\*)?$/.test(value));
  return (
    statements?.some(
      ({ effect, action, resource, conditions, doubt }) =>
        effect === 'Allow' && doubt === null && conditions.length === 0 && isAll(action) && isAll(resource),
    ) ?? false
  );
}

/** The same, where nothing is denied either. */
export function allowsAll(policy: Policy | null | undefined): boolean {
  return !!policy && allowsEverything(policy) && policy.statements?.some(({ effect }) => effect === 'Deny') === false;
}
