import { UnexpectedAnswer } from './answers.ts';

/** The part of an IAM answer that says whether more follows. */
export interface Paged {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Reads a list to its end. IAM may send fewer items than asked for, or none, and still have more: only `IsTruncated` counts.
 *
 * @param fetch reads the page at a marker; `undefined` is the first page
 * @param itemsOf the page's items
 * @throws {UnexpectedAnswer} when an answer is no list, or its marker leads in a circle
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
    // An answer that has neither is no list of IAM's; read as an empty one it would hide all that is there.
    if (found === undefined && page.IsTruncated === undefined) throw new UnexpectedAnswer('the answer holds no list');
    for (const item of found ?? []) items.push(item);
    if (page.IsTruncated !== true) return items;
    marker = page.Marker;
    if (marker === undefined || seen.has(marker)) throw new UnexpectedAnswer('the list goes on, but not from a new marker');
    seen.add(marker);
  }
}
