/** `Version` decides one thing: whether `${…}` is a policy variable (2012-10-17) or plain text (2008-10-17, also where Version is missing). */
export type Version = '2012-10-17' | '2008-10-17';

/** One statement, checked and normalised: scalars are lists, repetitions and labels (Sid) are dropped. */
export interface Statement {
  readonly version: Version;
  readonly effect: 'Allow' | 'Deny';
  readonly action: ElementList;
  /** `null` in trust documents. */
  readonly resource: ElementList | null;
  /** `null` in identity documents. */
  readonly principals: readonly Principal[] | null;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  /** `null` for nearly all statements. */
  readonly doubt: Doubt | null;
}

/**
 * What of a statement can't be understood. Then it is undecided whether the statement applies to a request that its other elements take in; of the elements
 * that can't be understood, the statement holds the most that they may mean.
 */
export interface Doubt {
  readonly place: string;
  readonly reason: string;
  readonly unread: ReadonlySet<StatementPart>;
  /** What stands there in the place of these parts, and what has no place in a statement: names and values as in JSON. */
  readonly written: readonly (readonly [name: string, value: unknown])[];
}

export type StatementPart = 'action' | 'resource' | 'principals' | 'conditions';

/** `Action` or `NotAction`, `Resource` or `NotResource`: the values as written, without repetitions. */
export interface ElementList {
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** A principal in the notation of the Principal element; account ids are root ARNs, everybody is `{ kind: 'AWS', id: '*' }`. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
}

export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';

/** One key under one operator. Values are text, as IAM reads them: `true` is `"true"`. */
export interface Condition {
  readonly operator: Operator;
  /** As written. Its case does not matter. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The parts of a name such as `ForAnyValue:StringNotLikeIfExists`. */
export interface Operator {
  readonly quantifier: 'ForAnyValue' | 'ForAllValues' | null;
  /** Without quantifier and IfExists: `StringNotLike`. */
  readonly name: string;
  readonly test: Test;
  readonly negated: boolean;
  readonly ifExists: boolean;
}

/** The test that an operator applies to one value of the context, before negation. */
export type Test =
  | 'string'
  | 'string-ignoring-case'
  | 'string-like'
  | 'arn'
  | 'number-equal'
  | 'number-less'
  | 'number-at-most'
  | 'number-greater'
  | 'number-at-least'
  | 'date-equal'
  | 'date-less'
  | 'date-at-most'
  | 'date-greater'
  | 'date-at-least'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'null';
