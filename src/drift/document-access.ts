import { type KnownCaller, mayAllowAssume, type Policy, parsePolicy, type Statement } from '../policy/index.ts';
import { forPatterns, isAssume } from './assume-statement.ts';
import { AssumeIndex, type Assumes, mayMatch, together } from './assumes.ts';

const EVERYTHING = parsePolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, 'identity');

/** What identity policies let their callers assume. What a document says of a role is worked out once for all who have it. */
export class DocumentAccess {
  readonly #documents = new Map<Policy, DocumentIndex>();
  readonly #everything = new DocumentIndex(EVERYTHING);

  /** Whether it can allow or deny assuming any role. */
  isAboutAssuming(document: Policy): boolean {
    return this.#of(document).isAboutAssuming;
  }

  /** Whether the documents, taken together, may let the caller assume the role. */
  mayAllow(documents: readonly Policy[], roleArn: string, caller: KnownCaller): boolean {
    return mayAllow(
      documents.map((document) => this.#of(document)),
      roleArn,
      caller,
    );
  }

  /** Whether they may leave the caller what something else allows. */
  mayLeave(documents: readonly Policy[], roleArn: string, caller: KnownCaller): boolean {
    return mayAllow([this.#everything, ...documents.map((document) => this.#of(document))], roleArn, caller);
  }

  #of(document: Policy): DocumentIndex {
    const known = this.#documents.get(document);
    if (known !== undefined) return known;
    const made = new DocumentIndex(document);
    this.#documents.set(document, made);
    return made;
  }
}

function mayAllow(documents: readonly DocumentIndex[], roleArn: string, caller: KnownCaller): boolean {
  const { allow, deny } = together(documents.map((document) => document.on(roleArn)));
  if (allow === 'no' || deny === 'yes') return false;
  if (allow === 'yes' && deny === 'no') return true;
  // Of a document that can't be understood nothing is proved.
  return (
    mayAllowAssume(
      documents.flatMap((document) => document.statementsOn(roleArn)),
      roleArn,
      caller,
    ) || documents.some(({ isUnknown }) => isUnknown)
  );
}

class DocumentIndex {
  readonly isAboutAssuming: boolean;
  readonly isUnknown: boolean;
  readonly #statements: readonly Statement[];
  readonly #index: AssumeIndex;
  readonly #answers = new Map<string, Assumes>();

  constructor(document: Policy) {
    this.#statements = (document.statements ?? []).filter(isAssume);
    this.#index = new AssumeIndex(document);
    this.isUnknown = this.#index.isUnknown;
    this.isAboutAssuming = this.isUnknown || this.#statements.length > 0;
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
