import type { AwsError } from './errors.ts';
import type { QueryService } from './service.ts';

const NAMESPACE = { iam: 'https://iam.amazonaws.com/doc/2010-05-08/', sts: 'https://sts.amazonaws.com/doc/2011-06-15/' };
export const VERSION = { iam: '2010-05-08', sts: '2011-06-15' };

const SPECIAL = /[&<>"'\r\n\t]/;
const ENTITY = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\r', '&#xD;'],
  ['\n', '&#xA;'],
  ['\t', '&#x9;'],
]);

export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"'\r\n\t]/g, (character) => ENTITY.get(character) ?? '') : text;
}

/** An element with text; `''` if the value is absent. */
export function element(name: string, value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  return `<${name}>${typeof value === 'string' ? escapeXml(value) : value}</${name}>`;
}

/** `<name><member>…</member></name>`; the members are XML already. */
export function list(name: string, members: readonly string[]): string {
  return members.length === 0 ? `<${name}/>` : `<${name}><member>${members.join('</member><member>')}</member></${name}>`;
}

/** `result` is the content of `<ActionResult>`; calls that return nothing have `undefined`. */
export function replyXml(service: QueryService, action: string, result: string | undefined, requestId: string): string {
  const body = result === undefined ? '' : `<${action}Result>${result}</${action}Result>`;
  return `<${action}Response xmlns="${NAMESPACE[service]}">${body}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
}

export function errorXml(service: QueryService, error: AwsError, requestId: string): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const body = `<Error><Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
  return `<ErrorResponse xmlns="${NAMESPACE[service]}">${body}<RequestId>${requestId}</RequestId></ErrorResponse>`;
}
