/** Compares and reads IAM policy documents. Pure; imports nothing from outside this folder. */
export { actionMatches, principalsOf, withoutUniqueIds } from './access.ts';
export { Comparer } from './compare/comparer.ts';
export { compareDocuments, comparePolicies } from './compare/index.ts';
export type { KnownCaller } from './compare/known-caller.ts';
export { type AssumePart, mayAssume } from './compare/may-assume.ts';
export { decide } from './decide.ts';
export type { DocumentHints, DocumentProblem } from './document.ts';
export { doubtLine } from './doubt-line.ts';
export { patternMatches, patternsOverlap } from './overlap.ts';
export { isPattern } from './pattern.ts';
export { Policy, parsePolicy, policyOf } from './policy.ts';
export type { Condition, ElementList, Operator, Principal, PrincipalKind, Statement, Version } from './statement.ts';
export type { Comparison, Decision, PolicyKind, PolicyRequest, PolicySource, Verdict, Witness } from './types.ts';
