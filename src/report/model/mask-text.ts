/**
 * Shortens account ids for what the whole world can read. An account id becomes `…9012`; AWS's unique ids and access key ids, from which the account
 * can be computed, keep their prefix and their last four characters.
 */
export type Masker = (text: string) => string;

/** ASCII, or full-width as an input method for Japanese or Chinese writes it. */
const DIGIT = '[\\d０-９]';

/** A character that a URL or JSON escapes: `%22`, `%2522` where that is encoded again, `\u0022`. Its digits are not those of an account. */
const ESCAPE = String.raw`(?:%(?:25)*[\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4}|\\x[\dA-Fa-f]{2})`;

/** Digests and UUIDs, such as a commit and the id of a request: they are no account ids, whatever digits they have. */
const DIGEST =
  '(?<![\\dA-Za-z])(?:[\\da-f]{64}|[\\da-f]{40}|[\\da-f]{32}|[\\dA-Fa-f]{8}-(?:[\\dA-Fa-f]{4}-){3}[\\dA-Fa-f]{12})(?![\\dA-Za-z])';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const PREFIX = 'A(?:BIA|CCA|GPA|IDA|IPA|KIA|NPA|NVA|PKA|ROA|SCA|SIA)';
/** Ids have 20 characters or more. Only one that stands alone may have fewer: `ASIA` is part of other names in capital letters as well. */
const UNIQUE_ID = `${PREFIX}(?:[A-Z\\d]{16,}|(?<=(?<![A-Z\\d])[A-Z]{4})[A-Z\\d]{12,})`;

/** The console writes 1111-2222-3333. Of more than three groups any three may be the account. */
const GROUPS = `${DIGIT}{4}(?<between>[-‐-―− \\u00A0\\u2007\\u2009\\u202F]|%(?:25)*2[0Dd])${DIGIT}{4}(?:\\k<between>${DIGIT}{4})+`;
const ACCOUNT = `(?:(?<!${DIGIT})|(?<=${ESCAPE}))(?:${GROUPS}|${DIGIT}{12})(?!${DIGIT})`;

const UNIQUE_IDS = new RegExp(UNIQUE_ID, 'gu');
const ACCOUNTS = new RegExp(`${DIGEST}|(${ACCOUNT})`, 'gu');
/** A quick test: a text that does not match this holds no account id. */
const DIGITS_OF_ONE = new RegExp(`${DIGIT}{12}|${GROUPS}`, 'u');

/** Digits among which a known account may be: side by side, or with anything but letters between them. */
const RUN = new RegExp(`${DIGIT}{12,}`, 'gu');
const CHAIN = new RegExp(`(?<!${DIGIT})${DIGIT}+(?:(?:${ESCAPE}{1,3}|[^\\p{L}\\p{N}…·])${DIGIT}+)+`, 'gu');
const ESCAPE_OR_DIGIT = new RegExp(`${ESCAPE}|(${DIGIT})`, 'gu');

/** The text with account ids and unique ids shortened, as in the report whose accounts are given by `accountsOf`. */
export function maskText(text: string, accounts: readonly string[]): string {
  return masker(accounts)(text);
}

/**
 * For many texts: the work on `accounts` is done once. Accounts that are not listed are shortened as well, except in longer runs of digits.
 * Masking twice is masking once.
 */
export function masker(accounts: readonly string[]): Masker {
  const names = shortened(accounts);
  const maskKnown = (digits: string): string => names.get(digits) ?? withoutKnown(digits, names);
  const once: Masker = (text) => {
    const known = text
      .replace(UNIQUE_IDS, (id) => `${id.slice(0, 4)}…${id.slice(-4)}`)
      .replace(RUN, maskKnown)
      .replace(CHAIN, maskKnown);
    if (!DIGITS_OF_ONE.test(known)) return known;
    return known.replace(ACCOUNTS, (found, account?: string) => (account === undefined ? found : `…${asciiDigits(account).slice(-4)}`));
  };
  const mask: Masker = (text) => {
    const masked = once(text);
    // What is left next to a shortened id may look like another one.
    return masked === text ? text : mask(masked);
  };
  return mask;
}

/** The accounts that a text mentions, whole or as the console writes them. */
export function accountsIn(text: string): string[] {
  return [...text.matchAll(ACCOUNTS)].flatMap(([, found]) => {
    const account = found === undefined ? '' : asciiDigits(found);
    return account.length === 12 ? [account] : [];
  });
}

/** Each account with the name that stands for it: `…9012`, and `…9012·2` for the next that ends so. */
function shortened(accounts: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  const names = new Map<string, string>();
  for (const account of new Set(accounts)) {
    const end = account.slice(-4);
    const number = (taken.get(end) ?? 0) + 1;
    taken.set(end, number);
    names.set(account, number === 1 ? `…${end}` : `…${end}·${number}`);
  }
  return names;
}

/** A run of digits, or a chain of runs, with the names of the known accounts in it. */
function withoutKnown(text: string, names: ReadonlyMap<string, string>): string {
  if (text.length < 12) return text;
  const digits = digitsOf(text);
  const account = digits.map(({ value }) => value).join('');
  let shown = '';
  let done = 0;
  for (let first = 0; first + 12 <= digits.length; ) {
    const name = names.get(account.slice(first, first + 12));
    first += name === undefined ? 1 : 12;
    if (name === undefined) continue;
    shown += text.slice(done, digits[first - 12]?.at) + name;
    done = (digits[first - 1]?.at ?? 0) + 1;
  }
  return shown + text.slice(done);
}

function digitsOf(text: string): { readonly value: string; readonly at: number }[] {
  return [...text.matchAll(ESCAPE_OR_DIGIT)].flatMap(({ 1: digit, index }) =>
    digit === undefined ? [] : [{ value: digit.normalize('NFKC'), at: index }],
  );
}

function asciiDigits(text: string): string {
  return digitsOf(text)
    .map(({ value }) => value)
    .join('');
}
