import { UnexpectedAnswer } from './answers.ts';

/** The part of an IAM response that says whether there are more pages. */
export interface Paged {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Reads all pages of a list that goes on from a token. A page may be empty and still have one: only a page without a token is the last.
 *
 * @throws {UnexpectedAnswer} when a response is not a list, or has a token that was already used
 */
export async function allTokenPages<Page extends { readonly NextToken?: string | undefined }, Item>(
  fetch: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (;;) {
    const page = await fetch(token);
    const found = itemsOf(page);
    token = page.NextToken || undefined;
    if (found === undefined && token === undefined) throw new UnexpectedAnswer('the response contains no list');
    for (const item of found ?? []) items.push(item);
    if (token === undefined) return items;
    if (seen.has(token)) throw new UnexpectedAnswer('the list goes on, but not from a new token');
    seen.add(token);
  }
}

/**
 * Reads all pages of a list. A page may have fewer items than requested, or none, although more pages follow: only `IsTruncated` says so.
 *
 * @param fetch reads the page at a marker; `undefined` is the first page
 * @param itemsOf the page's items
 * @throws {UnexpectedAnswer} when a response is not a list, or has a marker that was already used
 */
export async function allPages<Page extends Paged, Item>(
  fetch: (marker: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let marker: string | undefined;
  for (;;) {
    const page = await fetch(marker);
    const found = itemsOf(page);
    // A response with neither is not a list of IAM's. Taken for an empty list, it would hide what exists.
    if (found === undefined && page.IsTruncated === undefined) throw new UnexpectedAnswer('the response contains no list');
    for (const item of found ?? []) items.push(item);
    if (page.IsTruncated !== true) return items;
    marker = page.Marker;
    if (marker === undefined || seen.has(marker)) throw new UnexpectedAnswer('the list is truncated, but has no new marker');
    seen.add(marker);
  }
}
