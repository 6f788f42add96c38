/**
 * The JSON text of a policy document as IAM's answers hold it. IAM encodes documents by RFC 3986 in most calls, and some
 * answers (and most emulators, here or there) hold them plain: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 *
 * Text that is JSON already stays as it is, so that a `%2F` inside a plain document survives. `+` is a plus, never a space.
 * Whether it is a valid document is not decided here: what is no JSON either way is decoded if it looks encoded, and else
 * handed on unchanged.
 */
export function documentText(raw: string): string {
  // What holds no brace, quote or space is encoded whole; what holds no percent sign is not encoded at all. Only what is left has to be tried.
  if (!/[{"\s]/.test(raw)) return decode(raw) ?? raw;
  if (!raw.includes('%') || isJson(raw)) return raw;
  const decoded = decode(raw);
  if (decoded === undefined) return raw;
  return isJson(decoded) ? decoded : raw;
}

function decode(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined; // a malformed escape sequence
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
