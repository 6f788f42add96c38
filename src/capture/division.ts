import { grouped } from '../text/grouped.ts';

/*
 * How the settings of many roles are divided between the defaults, classes and the targets themselves. Pure, on plain data: a setting is a key of the file and the
 * text that its value is known by. The measure is the number of lines that the settings take when each stands on lines of its own.
 */

/** Settings of a role by the keys of the file. */
export type Settings = ReadonlyMap<string, string>;

export interface DividedRole {
  readonly settings: Settings;
  /** Keys of which the defaults say what is live as they are. */
  readonly said: ReadonlySet<string>;
}

/** The lines that a setting takes. */
export type LinesOf = (key: string, text: string) => number;

export interface FoundClass {
  readonly settings: Settings;
  /** Positions of the roles, in order. */
  readonly members: readonly number[];
}

export interface Division {
  /** What the defaults are to say beside what they say. */
  readonly defaults: Settings;
  readonly classes: readonly FoundClass[];
}

/** Lines that a class takes beside its settings: its name, and what it costs a reader to look it up. */
const CLASS_LINES = 2;

/** A class that says nothing but the role's name is no shorter to write, and longer to read. */
const NO_CLASS_ALONE = 'roleName';

/** The share of the roles up to which what they have is no default, although no other roles have more in common. */
const RARE = 0.1;

/** Classes that are tried, those of the most roles first. */
const MOST_CANDIDATES = 100;

/**
 * Divides the roles of an estate. Two ways are tried, and the one of fewer lines is taken: defaults of what most roles have, key by key; and defaults that say
 * everything of the largest kind of roles.
 */
export function divide(roles: readonly DividedRole[], linesOf: LinesOf): Division {
  const usual = usualSettings(roles);
  const largest = largestKind(roles, usual);
  const [first, second] = [largest, usual].map((defaults) => {
    const seen = roles.map((role) => ({ settings: role.settings, differing: differing(role, defaults) }));
    const { classes, lines } = findClasses(seen, linesOf);
    return { defaults, classes, lines: lines + total(defaults, linesOf) };
  });
  if (first === undefined || second === undefined) return { defaults: new Map(), classes: [] };
  return first.lines <= second.lines ? first : second;
}

/** Of each key the text that most roles have, if those are more than have what the defaults say. */
function usualSettings(roles: readonly DividedRole[]): Settings {
  const usual = keysOf(roles).flatMap((key): [string, string][] => {
    const others = roles.flatMap(({ settings, said }) => (said.has(key) ? [] : (settings.get(key) ?? [])));
    const [top] = [...grouped(others, (text) => text)].toSorted(([, one], [, other]) => other.length - one.length);
    const said = roles.filter((role) => role.said.has(key)).length;
    return top !== undefined && top[1].length > Math.max(said, roles.length * RARE) ? [[key, top[0]]] : [];
  });
  return new Map(usual);
}

/** The settings of the most roles that are alike. Where each has another one, as with external ids, it is the usual one. */
function largestKind(roles: readonly DividedRole[], usual: Settings): Settings {
  const unsaid = roles.map(({ settings, said }) => new Map([...settings].filter(([key]) => !said.has(key))));
  const isFrequent = sharedBy(unsaid, roles.length * RARE);
  const own = unsaid.map((settings) => [...settings].filter(([key, text]) => isFrequent(key, text)));
  const [kind] = [...grouped(own, (settings) => nameOf(settings))].toSorted(([, one], [, other]) => other.length - one.length);
  const said = new Map(kind?.[1][0]);
  const isMissing = (key: string) => roles.every((role) => !role.said.has(key)) && !said.has(key);
  return new Map([...said, ...[...usual].filter(([key]) => isMissing(key))]);
}

/** A role seen from defaults that are settled. */
export interface SeenRole {
  readonly settings: Settings;
  /** Keys of which the defaults do not say what is live. */
  readonly differing: ReadonlySet<string>;
  /** Lines that it takes as it is, if not those of all that differs: in a class that is there already. */
  readonly lines?: number;
}

/**
 * Finds classes, one after the other, always the one that saves most, as long as there is one that saves anything.
 *
 * @returns with the lines that classes and roles take then
 */
export function findClasses(
  roles: readonly SeenRole[],
  linesOf: LinesOf,
): { readonly classes: readonly FoundClass[]; readonly lines: number } {
  const candidates = candidatesOf(roles).map((settings) => ({
    settings,
    lines: CLASS_LINES + total(settings, linesOf),
    ofRoles: roles.map((role) => ownLines(role, settings, linesOf)),
  }));
  const alone = roles.map((role) => role.lines ?? ownLines(role, undefined, linesOf));
  const chosen: Candidate[] = [];
  for (;;) {
    const now = placesOf(alone, chosen);
    const best = highest(candidates, ({ lines, ofRoles }) =>
      ofRoles.reduce((saved, own, index) => saved + Math.max(0, (now[index]?.lines ?? 0) - own), -lines),
    );
    if (best === undefined) break;
    chosen.push(best);
  }
  for (let number = chosen.length - 1; number >= 0; number--) {
    // A later one may have taken its roles.
    if (placesOf(alone, chosen).filter(({ of }) => of === number).length < 2) chosen.splice(number, 1);
  }
  const places = placesOf(alone, chosen);
  const classes = chosen.map(({ settings }, number) => ({
    settings,
    members: places.flatMap(({ of }, index) => (of === number ? [index] : [])),
  }));
  return { classes, lines: [...chosen, ...places].reduce((sum, { lines }) => sum + lines, 0) };
}

/** A class that may be, with the lines that it takes, and those that each role takes in it. */
interface Candidate {
  readonly settings: Settings;
  readonly lines: number;
  readonly ofRoles: readonly number[];
}

/** The item of the highest value above 0; of several the first. */
function highest<T>(items: readonly T[], rank: (item: T) => number): T | undefined {
  const valued = items.map((item) => ({ item, value: rank(item) }));
  const best = valued.reduce<(typeof valued)[number] | undefined>((top, next) => (next.value > (top?.value ?? 0) ? next : top), undefined);
  return best?.item;
}

/** The class with which each role states least itself; none where that is no more. */
function placesOf(
  alone: readonly number[],
  chosen: readonly Candidate[],
): readonly { readonly of: number | undefined; readonly lines: number }[] {
  return alone.map((lines, index) => {
    const places = chosen.map(({ ofRoles }, of) => ({ of, lines: ofRoles[index] ?? lines }));
    return [{ of: undefined, lines }, ...places].reduce((best, next) => (next.lines < best.lines ? next : best));
  });
}

/** Lines of what a role states itself in a class, or in none. */
function ownLines({ settings, differing }: SeenRole, ofClass: Settings | undefined, linesOf: LinesOf): number {
  const own = [...new Set([...differing, ...(ofClass?.keys() ?? [])])].filter((key) => {
    const said = ofClass?.get(key);
    return said === undefined ? differing.has(key) : said !== settings.get(key);
  });
  return own.reduce((sum, key) => sum + linesOf(key, settings.get(key) ?? ''), 0);
}

/** What several roles have in common beside the defaults: all of it, and all but one key, as one may differ from role to role. */
function candidatesOf(roles: readonly SeenRole[]): readonly Settings[] {
  const own = roles.map(({ settings, differing: keys }) => new Map([...settings].filter(([key]) => keys.has(key))));
  const shared = sharedBy(own, 1);
  const whole = own.map((settings) => [...settings].filter(([key, text]) => shared(key, text)));
  const without = keysOf(roles).flatMap((left) => whole.map((settings) => settings.filter(([key]) => key !== left)));
  const alike = [...grouped([...whole, ...without], nameOf)].filter(
    ([, all]) => all.length > 1 && all[0].some(([key]) => key !== NO_CLASS_ALONE),
  );
  return alike
    .toSorted(([, one], [, other]) => other.length - one.length)
    .slice(0, MOST_CANDIDATES)
    .map(([, [settings]]) => new Map(settings));
}

/** Whether more than so many of them have that text at the key. */
function sharedBy(all: readonly Settings[], few: number): (key: string, text: string) => boolean {
  const counts = grouped(
    all.flatMap((settings) => [...settings]),
    (setting) => JSON.stringify(setting),
  );
  return (key, text) => (counts.get(JSON.stringify([key, text]))?.length ?? 0) > few;
}

function differing({ settings, said }: DividedRole, defaults: Settings): ReadonlySet<string> {
  return new Set(
    [...settings].filter(([key, text]) => (defaults.has(key) ? defaults.get(key) !== text : !said.has(key))).map(([key]) => key),
  );
}

function total(settings: Settings, linesOf: LinesOf): number {
  return [...settings].reduce((sum, [key, text]) => sum + linesOf(key, text), 0);
}

function keysOf(roles: readonly { readonly settings: Settings }[]): readonly string[] {
  return [...new Set(roles.flatMap(({ settings }) => [...settings.keys()]))];
}

function nameOf(settings: readonly (readonly [string, string])[]): string {
  return JSON.stringify(settings.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
