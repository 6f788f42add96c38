/** Compares and reads IAM policy documents. Pure; imports nothing from outside this folder. */
export { actionMatches, checkPolicy, principalsOf, statementsOf, toDocument, withoutUniqueIds } from './access.ts';
export { type CanonicalForm, canonical } from './canonical.ts';
export { Budget } from './compare/budget.ts';
export { comparePolicies } from './compare/index.ts';
export { decide } from './decide.ts';
export type { Reading } from './document.ts';
export { patternMatches, patternsOverlap } from './overlap.ts';
export { isPattern } from './pattern.ts';
export type { Condition, ElementList, Operator, Principal, PrincipalKind, Statement, Version } from './statement.ts';
export type { Comparison, Decision, PolicyKind, PolicyRequest, PolicySource, Verdict, Witness } from './types.ts';
