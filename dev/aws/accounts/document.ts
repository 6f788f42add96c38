import { checkIdentityPolicy } from '../authorization/grammar.ts';
import { type Policy, readPolicy } from '../authorization/statement.ts';
import { encodeRfc3986 } from '../protocol/encoding.ts';

const NOTHING: Policy = { variables: false, statements: [] };

/** An inline policy or a version of a managed policy: the text as it was written, parsed once. */
export class PolicyDocument {
  readonly text: string;
  #encoded: string | undefined;
  #policy: Policy | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Throws `MalformedPolicyDocument`. */
  static checked(text: string): PolicyDocument {
    const document = new PolicyDocument(text);
    document.#policy = readPolicy(text);
    checkIdentityPolicy(document.#policy);
    return document;
  }

  /** The text as the Get calls return it. */
  get encoded(): string {
    this.#encoded ??= encodeRfc3986(this.text);
    return this.#encoded;
  }

  /** Number of characters that count against a quota. */
  get size(): number {
    return sizeWithoutWhiteSpace(this.text);
  }

  /** No statements for a text that is not a policy, which only a test can store. */
  get policy(): Policy {
    this.#policy ??= readOrNothing(this.text);
    return this.#policy;
  }
}

export function sizeWithoutWhiteSpace(text: string): number {
  return text.replace(/\s/g, '').length;
}

export function readOrNothing(text: string): Policy {
  try {
    return readPolicy(text);
  } catch {
    return NOTHING;
  }
}
