import { validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import type { Call } from './call.ts';

const DEFAULT_PAGE = 100;

export interface Page<T> {
  readonly items: readonly T[];
  /** `<IsTruncated>` and, where more follows, `<Marker>`. */
  readonly xml: string;
}

/** The page that a List call asks for by `MaxItems` and `Marker`. Throws `ValidationError` for a marker that this server did not make. */
export function page<T>(call: Call, all: readonly T[]): Page<T> {
  const asked = call.params.integer('MaxItems', 1, 1_000) ?? DEFAULT_PAGE;
  const size = Math.min(asked, call.pageSize);
  const start = readMarker(call.params.text('Marker'));
  const end = start + size;
  if (start === 0 && end >= all.length) return { items: all, xml: '<IsTruncated>false</IsTruncated>' };
  const truncated = end < all.length;
  const marker = truncated ? element('Marker', writeMarker(end)) : '';
  return { items: all.slice(start, end), xml: `<IsTruncated>${truncated}</IsTruncated>${marker}` };
}

/** Base64, so that a client that does not encode `+`, `/` and `=` fails here as it would at AWS. */
function writeMarker(offset: number): string {
  return Buffer.from(JSON.stringify({ v: '>>?', o: offset })).toString('base64');
}

function readMarker(marker: string | undefined): number {
  if (marker === undefined) return 0;
  const offset = Number(/"o":(\d+)/.exec(Buffer.from(marker, 'base64').toString())?.[1]);
  if (Number.isNaN(offset)) throw validationError('Invalid Marker.');
  return offset;
}
