/** A policy document as it comes: JSON text (as AWS returns it, duplicate keys still visible) or the parsed object (as YAML gives it). */
export type PolicySource = string | Readonly<Record<string, unknown>>;

/** `identity`: attached or inline policy of a user, group or role. `trust`: a role's AssumeRolePolicyDocument. */
export type PolicyKind = 'identity' | 'trust';

/** Live seen from desired; `invalid` when either is not a valid policy of its kind. */
export type Verdict = 'same' | 'widened' | 'narrowed' | 'changed' | 'invalid';

/** One request that the two documents answer differently. */
export interface Witness {
  readonly action: string;
  /** Of identity documents. */
  readonly resource?: string;
  /** Of trust documents: the caller, in the notation of the Principal element (`arn:aws:iam::1:root`, `ec2.amazonaws.com`, `*`). */
  readonly principal?: string;
  /** What must hold of the request's context for the answers to differ, in words; absent where it does not matter. */
  readonly context?: string;
  /** Set where neither document allows the request: one denies it, the other has no opinion. */
  readonly denied?: true;
}

/**
 * In which words an explanation tells two documents apart. `change`: the second replaces the first, as in a pull request. `difference`: the first is what the
 * file says, the second what is in AWS, and neither was there before the other.
 */
export type Wording = 'change' | 'difference';

export interface Comparison {
  readonly verdict: Verdict;
  /** For people, one line each, most important first: what is allowed now that was not, what no longer is, why it can't be decided. Empty for `same`. */
  readonly explanation: readonly string[];
  /** A request that live allows more of (or denies less). Set where one was found. */
  readonly gained?: Witness;
  /** A request that live allows less of (or denies more). */
  readonly lost?: Witness;
  /** Set exactly when the verdict is `invalid`. `place` is a path in the document, such as `Statement[0].Effect`. */
  readonly problem?: { readonly side: 'desired' | 'live'; readonly place: string; readonly reason: string };
}

/** A single request, for `decide`. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource?: string;
  readonly principal?: string;
}

/** `unknown`: the answer depends on conditions or variables that the request does not state. */
export type Decision = 'allow' | 'deny' | 'none' | 'unknown';
