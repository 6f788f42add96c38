import { isMapping } from '../state/json.ts';
import { compareText } from '../text/compare-text.ts';

/** What of a role's content may differ from role to role, although it is the same for all. */
export interface ContentNames {
  readonly account: string;
  readonly hubAccount: string;
  readonly roleName: string;
}

type Replacement = readonly [pattern: RegExp, placeholder: string];

/**
 * The same content for whichever account: ids of the role's account are placeholders. In a trust policy an id of the hub stands for the hub, even if that is the
 * account of the role.
 */
export function forAnyAccount(
  content: unknown,
  { account, hubAccount }: Pick<ContentNames, 'account' | 'hubAccount'>,
  of: 'trust' | 'other',
): unknown {
  const pairs: readonly Replacement[] = [
    [id(account), '{account}'],
    [id(hubAccount), '{hubAccount}'],
  ];
  return replaced(content, of === 'trust' ? pairs.toReversed() : pairs);
}

/** The same for whichever name of the role, where it stands at the end of a path, as in its ARN. */
export function forAnyRole(content: unknown, { roleName }: Pick<ContentNames, 'roleName'>): unknown {
  const name = roleName.replaceAll(/[+.]/g, '\\$&');
  return replaced(content, [[new RegExp(`(?<=/)${name}(?![\\w+=,.@-])`, 'g'), '{roleName}']]);
}

function id(account: string): RegExp {
  return new RegExp(`(?<!\\d)${account}(?!\\d)`, 'g');
}

function replaced(content: unknown, by: readonly Replacement[]): unknown {
  const text = (before: string) => by.reduce((after, [pattern, placeholder]) => after.replaceAll(pattern, placeholder), before);
  if (typeof content === 'string') return text(content);
  if (Array.isArray(content)) return content.map((item: unknown) => replaced(item, by));
  if (content instanceof Map) return new Map([...content].map(([key, item]) => [replaced(key, by), replaced(item, by)]));
  if (!isMapping(content)) return content;
  return Object.fromEntries(Object.entries(content).map(([key, item]) => [text(key), replaced(item, by)]));
}

/** Equal for contents that differ in the order of lists and keys alone, which means nothing. */
export function contentId(content: unknown): string {
  return JSON.stringify(sorted(content));
}

function sorted(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(sorted).toSorted((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
  if (content instanceof Map) return inOrder([...content].map(([key, item]): [string, unknown] => [String(key), item]));
  return isMapping(content) ? inOrder(Object.entries(content)) : content;
}

function inOrder(entries: readonly [string, unknown][]): unknown {
  return entries.toSorted(([one], [other]) => compareText(one, other)).map(([key, item]) => [key, sorted(item)]);
}
