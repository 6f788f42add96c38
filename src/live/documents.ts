/**
 * The JSON text of a policy document in a response of IAM. IAM percent-encodes documents (RFC 3986) in most responses; some responses, and most emulators,
 * have plain text: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
 *
 * Text that is already JSON is returned as it is, so that a `%2F` inside a plain document survives. `+` is a plus, never a space. The document is not
 * validated here: text that is not JSON, encoded or decoded, is decoded if it looks encoded, and otherwise returned as it is.
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
