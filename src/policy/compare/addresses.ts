/** An IP address as a number. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export const LAST_ADDRESS: Readonly<Record<4 | 6, bigint>> = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n };

/** The first 96 bits of IPv4 addresses that are written as IPv6, `::ffff:0:0/96`. */
const MAPPED = 0xffffn;

/**
 * First and last address of a CIDR block (host bits don't count) or of a single address. `null` for other text, and for IPv4 addresses written as
 * IPv6: AWS does not say whether these equal the IPv4 ones.
 */
export function parseRange(text: string): { readonly from: Address; readonly to: Address } | null {
  const [, host = '', prefix] = /^([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const address = parseAddress(host);
  if (!address) return null;
  const bits = address.family === 4 ? 32 : 128;
  // The default is /32, AWS says right beside an IPv6 example: what that makes of an IPv6 address is unknown.
  if (prefix === undefined && address.family === 6) return null;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) return null;
  if (length >= 96 && address.value >> 32n === MAPPED) return null;
  const size = 1n << BigInt(bits - length);
  const first = address.value - (address.value % size);
  return { from: { family: address.family, value: first }, to: { family: address.family, value: first + size - 1n } };
}

export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}

function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return { family: 4, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
}

function parseV6(text: string): Address | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return { family: 6, value: groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
}
