import { type Policy, parsePolicy } from '../policy/index.ts';
import type { After } from './trace.ts';
import { type TrailEvent, textField } from './trail-event.ts';

/** The documents that events wrote, each parsed once: many findings look at the events of one group. */
export class EventDocuments {
  readonly #partition: string;
  readonly #parsed = new Map<string, Policy>();

  constructor(partition: string) {
    this.#partition = partition;
  }

  /** The identity policy that an event wrote. A document that is left out of the record, as very large ones are, is not known. */
  identityIn({ request }: TrailEvent): After<Policy> {
    const text = documentText(textField(request, 'policyDocument'));
    return text === undefined ? 'unsure' : { value: this.#once(`identity ${text}`, () => parsePolicy(text, 'identity')) };
  }

  /** The trust policy that an event wrote for a role of the account. */
  trustIn({ request }: TrailEvent, field: string, account: string): After<Policy> {
    const text = documentText(textField(request, field));
    if (text === undefined) return 'unsure';
    const parse = () => parsePolicy(text, 'trust', { partition: this.#partition, account });
    return { value: this.#once(`trust ${account} ${text}`, parse) };
  }

  #once(key: string, parse: () => Policy): Policy {
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const policy = parse();
    this.#parsed.set(key, policy);
    return policy;
  }
}

/** Events hold documents as the JSON text that was sent; some callers send it URL-encoded. */
function documentText(text: string | undefined): string | undefined {
  if (text === undefined || !text.startsWith('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
