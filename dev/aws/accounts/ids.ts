import { randomBytes } from 'node:crypto';

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

export function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64');
}

/** ISO 8601 to the second, the form of times in the Query protocol. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function base32(length: number): string {
  return Array.from(randomBytes(length), (byte) => BASE32.charAt(byte & 31)).join('');
}
