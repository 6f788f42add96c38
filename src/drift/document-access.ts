import { type AssumePart, type Policy, parsePolicy, type Statement } from '../policy/index.ts';
import { forPatterns, isAssume } from './assume-statement.ts';
import { AssumeIndex, type Assumes, mayMatch, together } from './assumes.ts';

/** What identity policies let their callers assume. What a document says of a role is worked out once for all who have it. */
export class DocumentAccess {
  readonly #documents = new Map<Policy, DocumentIndex>();
  readonly #everything = parsePolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, 'identity');

  /** Whether it can allow or deny assuming any role. */
  isAboutAssuming(document: Policy): boolean {
    return this.#of(document).isAboutAssuming;
  }

  /**
   * What the documents, taken together, leave to be judged: nothing where they allow the role whoever asks and however.
   *
   * @returns `null` where they don't allow it to anybody
   */
  judged(documents: readonly Policy[], roleArn: string): readonly AssumePart[] | null {
    const all = documents.map((document) => this.#of(document));
    const { allow, deny } = together(all.map((document) => document.on(roleArn)));
    if (allow === 'no' || deny === 'yes') return null;
    if (allow === 'yes' && deny === 'no') return [];
    return [{ identity: all.flatMap((document) => document.statementsOn(roleArn)) }];
  }

  /** The same for what something else allows: whether the documents leave it. */
  judgedDenials(documents: readonly Policy[], roleArn: string): readonly AssumePart[] | null {
    return this.judged([this.#everything, ...documents], roleArn);
  }

  #of(document: Policy): DocumentIndex {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    const made = new DocumentIndex(document, this.#everything);
    this.#documents.set(document, made);
    return made;
  }
}

class DocumentIndex {
  readonly isAboutAssuming: boolean;
  readonly #statements: readonly Statement[];
  readonly #index: AssumeIndex;
  readonly #answers = new Map<string, Assumes>();

  /** @param everything stands in for a document that can't be understood */
  constructor(document: Policy, everything: Policy) {
    this.#index = new AssumeIndex(document);
    // Of a document that can't be understood nothing is proved.
    const statements = (this.#index.isUnknown ? everything : document).statements ?? [];
    this.#statements = statements.filter(isAssume);
    this.isAboutAssuming = this.#statements.length > 0;
  }

  on(roleArn: string): Assumes {
    const known = this.#answers.get(roleArn);
    if (known !== undefined) return known;
    const answer = this.#index.on(roleArn);
    this.#answers.set(roleArn, answer);
    return answer;
  }

  /** Its statements about assuming the role, without most of what they say about other roles. */
  statementsOn(roleArn: string): readonly Statement[] {
    return this.#statements.flatMap((statement) => forPatterns(statement, (pattern) => mayMatch(pattern, roleArn)) ?? []);
  }
}
