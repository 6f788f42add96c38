import { randomUUID } from 'node:crypto';

/** Ids and secrets of a server for tests: nobody has to be kept from guessing them, and a run asks for hundreds. */

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique id or access key id in AWS's form: the prefix and 17 characters (16 for keys). */
export function uniqueId(prefix: 'AIDA' | 'AGPA' | 'AROA' | 'ANPA' | 'APKA' | 'ACCA'): string {
  return prefix + base32(17);
}

export function accessKeyId(prefix: 'AKIA' | 'ASIA'): string {
  return prefix + base32(16);
}

/** The id of a signing certificate, which has no prefix. */
export function certificateId(): string {
  return base32(32);
}

/** As long as so many bytes are in Base64. */
export function secret(bytes: number): string {
  const digits = randomUUID().replaceAll('-', '');
  const length = Math.ceil(bytes / 3) * 4;
  return digits.repeat(Math.ceil(length / digits.length)).slice(0, length);
}

/** ISO 8601 to the second, the form of times in the Query protocol. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function base32(length: number): string {
  let text = '';
  while (text.length < length) text += BASE32.charAt(Math.random() * BASE32.length);
  return text;
}
