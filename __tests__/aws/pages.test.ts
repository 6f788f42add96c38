import { describe, expect, test } from '@jest/globals';
import { UnexpectedAnswer } from '../../src/aws/answers.ts';
import { allPages, type Paged } from '../../src/aws/pages.ts';

type Page = Paged & { readonly names?: readonly string[] };

/** Serves the pages in turn, and writes down the markers that it was asked for. */
function serving(pages: readonly Page[]) {
  const markers: (string | undefined)[] = [];
  const fetch = async (marker: string | undefined): Promise<Page> => {
    markers.push(marker);
    return pages[markers.length - 1] ?? {};
  };
  return { markers, read: () => allPages(fetch, (page) => page.names) };
}

describe('allPages', () => {
  test.each<[string, Page[], string[], (string | undefined)[]]>([
    ['one page', [{ names: ['a'], IsTruncated: false }], ['a'], [undefined]],
    ['an empty list', [{ names: [], IsTruncated: false }], [], [undefined]],
    ['an empty list whose element is left out', [{ IsTruncated: false }], [], [undefined]],
    [
      'a short and an empty page before the last',
      [
        { names: ['a'], IsTruncated: true, Marker: '1' },
        { names: [], IsTruncated: true, Marker: '2' },
        { names: ['b', 'c'], IsTruncated: false },
      ],
      ['a', 'b', 'c'],
      [undefined, '1', '2'],
    ],
    ['a marker without more to come', [{ names: ['a'], IsTruncated: false, Marker: '1' }], ['a'], [undefined]],
    ['a list without a word on more', [{ names: ['a'] }], ['a'], [undefined]],
  ])('%s', async (_, pages, items, markers) => {
    const served = serving(pages);
    await expect(served.read()).resolves.toEqual(items);
    expect(served.markers).toEqual(markers);
  });

  test.each<[string, Page[]]>([
    ['more to come, but no marker', [{ names: ['a'], IsTruncated: true }]],
    [
      'a marker that leads in a circle',
      [
        { names: ['a'], IsTruncated: true, Marker: '1' },
        { names: ['a'], IsTruncated: true, Marker: '1' },
        { names: ['b'], IsTruncated: false },
      ],
    ],
    ['an answer that is no list', [{}]],
  ])('refuses %s', async (_, pages) => {
    await expect(serving(pages).read()).rejects.toBeInstanceOf(UnexpectedAnswer);
  });
});
