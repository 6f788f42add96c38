import { applyPatch, structuredPatch } from 'diff';
import { parseDocument, type ToStringOptions } from 'yaml';

/** The ways in which people lay a file out that the YAML library can write. */
const LAYOUTS: readonly Readonly<ToStringOptions>[] = [2, 4].flatMap((indent) =>
  [true, false].flatMap((indentSeq) =>
    [true, false].map((flowCollectionPadding) => ({ indent, indentSeq, flowCollectionPadding, lineWidth: 0 })),
  ),
);

/** The layout that comes nearest to the text: that of the fewest lines that would be written in another way. */
export function layoutOf(text: string): ToStringOptions {
  const lines = new Set(text.split('\n'));
  const strangers = (layout: ToStringOptions) =>
    parseDocument(text, { version: '1.2', uniqueKeys: false })
      .toString(layout)
      .split('\n')
      .filter((line) => !lines.has(line)).length;
  const ranked = LAYOUTS.map((layout) => ({ layout, strangers: strangers(layout) }));
  return ranked.reduce((best, next) => (next.strangers < best.strangers ? next : best)).layout;
}

/** Lines around an edit by which its place is found. The fewer, the less it matters that a line near it is laid out in another way than the library does it. */
const CONTEXTS: readonly number[] = [2, 1, 0];

/**
 * The edit that leads from `before` to `after`, made to the text as people wrote it, of which `before` is what the library makes. So lines that the edit
 * does not touch stay as they are. Where that does not come out as meant, it is `after`, in the library's layout.
 */
export function keepLayout(written: string, before: string, after: string): string {
  if (written === before) return after;
  for (const context of CONTEXTS) {
    const patched = applyPatch(written, structuredPatch('', '', before, after, '', '', { context }));
    if (patched !== false && isSame(patched, after)) return patched;
  }
  return after;
}

/** The same values and as many comments. */
function isSame(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(text: string): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false });
  return document.errors.length > 0 ? text : document.toString({ lineWidth: 0 });
}

/** The values as JSON in the layout of the text, if that is JSON; else `undefined`. */
export function jsonLike(text: string, values: () => unknown): string | undefined {
  let before: unknown;
  try {
    before = JSON.parse(text);
  } catch {
    return undefined;
  }
  const after = values();
  if (JSON.stringify(before) === JSON.stringify(after)) return text;
  const [, indent = ''] = /^[[{]\r?\n([ \t]+)/.exec(text) ?? [];
  const [end = ''] = /\s*$/.exec(text) ?? [];
  const written = `${JSON.stringify(after, null, indent)}${end}`;
  return /^[[{]\r\n/.test(text) ? written.replace(/\r?\n/g, '\r\n') : written;
}
