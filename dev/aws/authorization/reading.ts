/** What AWS's pages do not say of its policy language, each with what it may be. A test tries them all; the embedded AWS answers in the usual one. */
export interface Reading {
  /** In a pattern for ARNs, do colons that come with a variable end segments? */
  readonly colonsOfVariables: 'text' | 'separators';
  /** Is an empty text no value, for quantifiers and, of keys that are taken for sets, for `Null`? And for variables? */
  readonly emptySets: boolean;
  readonly emptyIsAbsent: boolean;
  /** Does a negated operator hold of a value that is not of its type, as of any other that is not named? */
  readonly mistyped: 'another value' | 'no match';
  /** Does ForAnyValue with IfExists hold of an absent key? */
  readonly anyOfNone: boolean;
  /** Are wildcards in what a variable stands for some, where its pattern takes them? */
  readonly wildcardsOfVariables: boolean;
}

export const USUAL: Reading = {
  colonsOfVariables: 'separators',
  emptySets: false,
  emptyIsAbsent: false,
  mistyped: 'another value',
  anyOfNone: true,
  wildcardsOfVariables: false,
};
