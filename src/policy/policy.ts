import { canonicalDocument, versionOf } from './canonical.ts';
import { type DocumentHints, type DocumentProblem, firstProblem, type ReadDocument, readDocument } from './document.ts';
import type { Statement } from './statement.ts';
import { statementJson } from './statement-json.ts';
import type { PolicyKind, PolicySource } from './types.ts';

/**
 * A policy document that was read once: its source, its statements or what makes it no policy of its kind, and, computed when first asked for, its
 * JSON value and its canonical form. Made by `parsePolicy` and `policyOf`.
 */
export class Policy {
  readonly kind: PolicyKind;
  /** As it came, from AWS or from a file. */
  readonly source: PolicySource;
  /** With those that can't be understood, each of which has a doubt; `null` when it can't be told what the statements are. */
  readonly statements: readonly Statement[] | null;
  /**
   * The first thing that can't be understood, mostly as IAM refuses it, with its place in the document, such as `Statement[0].Effect`. `null` for a valid
   * policy.
   */
  readonly problem: DocumentProblem | null;
  /** Of bare account ids in its principals. */
  readonly partition: string;
  /** Of the role whose trust policy it is; `undefined` where that is not known, and for identity policies. */
  readonly account: string | undefined;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined;
  #canonical: { readonly value: unknown } | undefined;

  constructor(kind: PolicyKind, source: PolicySource, { statements, problem, partition }: ReadDocument, account: string | undefined) {
    this.kind = kind;
    this.source = source;
    this.statements = statements;
    this.problem = problem;
    this.partition = partition;
    this.account = account;
  }

  /** The document as JSON text. Equal for documents that are written alike. */
  get text(): string {
    this.#text ??= typeof this.source === 'string' ? this.source : JSON.stringify(this.source);
    return this.#text;
  }

  /** The document as a JSON value; the text itself where it does not parse. */
  get json(): unknown {
    this.#json ??= { value: jsonOf(this.source) };
    return this.#json.value;
  }

  /**
   * The document as a plain JSON value in one form: statements and lists sorted and without repetitions, a list of one as a scalar, account ids as root
   * ARNs, without Id and Sids. A document of which nothing can be understood comes back as `source`.
   */
  get canonical(): unknown {
    this.#canonical ??= { value: this.statements === null ? this.source : canonicalDocument(this.statements) };
    return this.#canonical.value;
  }
}

/** Reads a document. It never throws: what is wrong with the document is in `problem`. */
export function parsePolicy(source: PolicySource, kind: PolicyKind, hints: DocumentHints = {}): Policy {
  return new Policy(kind, source, readDocument(source, kind, hints), hints.account);
}

/** The policy of these statements; they have to be of one kind and, where they hold `${…}`, of one version. */
export function policyOf(statements: readonly Statement[], kind: PolicyKind, { partition = 'aws', account }: DocumentHints = {}): Policy {
  const version = versionOf(statements);
  const source = { Version: version, Statement: statements.map(statementJson) };
  const read = { statements: statements.map((statement) => ({ ...statement, version })), problem: firstProblem(statements), partition };
  return new Policy(kind, source, read, account);
}

function jsonOf(source: PolicySource): unknown {
  if (typeof source !== 'string') return source;
  try {
    return JSON.parse(source);
  } catch {
    return source;
  }
}
