/** The keys of the short form of a trust. */
const SHORT_KEYS = ['principals', 'externalId'] as const;

/** Elements of a policy document. Both forms at once are an error. */
const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'] as const;

/** Whether a mapping under `trust` is the short form: it has a key of that form, and none of a policy document. */
export function isShortTrust(trust: Readonly<Record<string, unknown>>): boolean {
  return shortKeyOf(trust) !== undefined && documentKeyOf(trust) === undefined;
}

export function shortKeyOf(trust: Readonly<Record<string, unknown>>): string | undefined {
  return SHORT_KEYS.find((key) => Object.hasOwn(trust, key));
}

export function documentKeyOf(trust: Readonly<Record<string, unknown>>): string | undefined {
  return DOCUMENT_KEYS.find((key) => Object.hasOwn(trust, key));
}
