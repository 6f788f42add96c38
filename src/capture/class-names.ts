import { nameOf } from '../iam/arn.ts';
import { nameOfPolicy } from '../iam/managed-policy.ts';
import type { Role } from '../state/state.ts';
import { compareText } from '../text/compare-text.ts';
import { grouped } from '../text/grouped.ts';

/*
 * What found classes are called: by what their roles have in common and no other roles have. Pure, and the same for the same roles in whatever order.
 */

/** Tags by which people sort accounts, in the order in which they are looked at. */
const KIND_TAGS: readonly string[] = ['env', 'environment', 'stage', 'kind', 'class', 'tier', 'purpose'];

/** Longest name that is made. */
const MOST_CHARACTERS = 40;

/**
 * A name for each class: the value of a tag that says of what kind the roles are, else the role's name, else that of a policy, if the roles of the class
 * share it and hardly any others have it; else `class-1` and so on.
 *
 * @param classes the live roles of each
 * @param others roles that are in none of them
 * @param taken names of the classes that are there already
 */
export function nameClasses(classes: readonly (readonly Role[])[], others: readonly Role[], taken: ReadonlySet<string>): readonly string[] {
  const marks = [...classes, ...(others.length > 0 ? [others] : [])].map((roles) => marksOf(roles));
  const used = new Set(taken);
  return classes.map((_roles, index) => {
    const elsewhere = new Set(marks.flatMap((all, other) => (other === index ? [] : all.known)));
    const fitting = (marks[index]?.common ?? [])
      .filter((mark) => !elsewhere.has(mark))
      .map(nameFrom)
      .find((name) => name !== undefined && !used.has(name));
    const name = fitting ?? numbered(used);
    used.add(name);
    return name;
  });
}

/** A share of roles that does not count: one role with a forgotten tag is no reason for another name. */
const FEW = 0.1;

interface Marks {
  /** Of as good as all the roles, the best one for a name first. Each is a digit, its rank, and a name. */
  readonly common: readonly string[];
  /** Of more than a few of them. */
  readonly known: readonly string[];
}

function marksOf(roles: readonly Role[]): Marks {
  const counts = [...grouped(roles.flatMap(marksOfRole), (mark) => mark)].map(([mark, { length: count }]) => ({ mark, count }));
  const common = counts.filter(({ count }) => count >= roles.length * (1 - FEW)).map(({ mark }) => mark);
  const known = counts.filter(({ count }) => count > roles.length * FEW).map(({ mark }) => mark);
  return { common: common.toSorted(compareText), known };
}

/** Each once. */
function marksOfRole({ arn, tags = [], managedPolicies, inlinePolicies = [], boundary }: Role): readonly string[] {
  const kinds = KIND_TAGS.flatMap((key, rank) =>
    tags.filter((tag) => tag.key.toLowerCase() === key).map(({ value }) => `${rank} ${value}`),
  );
  const policies = [
    ...(managedPolicies?.required ?? []).map((policy) => lastOf(nameOfPolicy(policy))),
    ...inlinePolicies.map(({ name }) => name),
    ...(boundary ? [lastOf(nameOfPolicy(boundary))] : []),
  ];
  return [...new Set([...kinds, `${KIND_TAGS.length} ${nameOf(arn)}`, ...policies.map((name) => `${KIND_TAGS.length + 1} ${name}`)])];
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** In small letters with hyphens, as people write classes; `undefined` where no name is left. */
function nameFrom(mark: string): string | undefined {
  const words = mark
    .slice(mark.indexOf(' ') + 1)
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MOST_CHARACTERS)
    .replace(/-+$/, '');
  return /^[a-z]/.test(words) && !/^(y|n|yes|no|on|off|true|false|null)$/.test(words) ? words : undefined;
}

function numbered(used: ReadonlySet<string>): string {
  for (let number = 1; ; number++) if (!used.has(`class-${number}`)) return `class-${number}`;
}
