import { covers, EVERYBODY, isOpaque, sameCaller } from '../callers.ts';
import { actionPattern } from '../pattern.ts';
import type { Principal } from '../statement.ts';
import type { PolicyKind } from '../types.ts';
import type { Budget } from './budget.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';
import type { Residue } from './residue.ts';
import { textAtoms } from './text-atoms.ts';

/** The part of a dimension in which the same statements match. */
export interface Branch {
  readonly matching: readonly number[];
  /** Some of the values, for people; the first is a witness. */
  readonly samples: readonly string[];
  readonly certain: boolean;
  /** Policy variables had a say. */
  readonly variable: boolean;
  /** Of a unique id: which id, and as whom it is taken here. */
  readonly world: World | null;
}

export interface World {
  readonly id: string;
  readonly as: string;
}

/** How many values of one kind an explanation can use. */
const MOST_SAMPLES = 8;

/** Actions are named service:Name; to a role's trust policy only those of sts: are put. */
const UNIVERSES = { identity: actionPattern('?*:?*'), trust: actionPattern('sts:?*') };

/** Names that a reader knows, for samples of patterns. */
const EXAMPLE_ACTIONS: Readonly<Record<PolicyKind, readonly string[]>> = {
  trust: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'],
  identity: [
    'sts:AssumeRole',
    'iam:PassRole',
    'iam:CreateUser',
    'iam:GetUser',
    's3:GetObject',
    's3:DeleteBucket',
    'ec2:RunInstances',
    'ec2:DescribeInstances',
    'route53:ChangeResourceRecordSets',
    'route53:ListHostedZones',
    'kms:Decrypt',
    'lambda:InvokeFunction',
  ],
};

/** Which of the indexes into a list of patterns each statement selects by. */
type SelectionOf = (statement: PreparedStatement) => Selection | null;

export function actionBranches(pair: PreparedPair, residue: Residue, kind: PolicyKind, budget: Budget): readonly Branch[] {
  const question = { universe: UNIVERSES[kind], examples: EXAMPLE_ACTIONS[kind], lowerCase: true };
  return selectionBranches(pair, residue, ({ action }) => action, question, budget);
}

export function resourceBranches(pair: PreparedPair, residue: Residue, budget: Budget): readonly Branch[] {
  const question = { universe: null, examples: ['*'], lowerCase: false };
  return selectionBranches(pair, residue, ({ resource }) => resource, question, budget);
}

function selectionBranches(
  pair: PreparedPair,
  { alive, different }: Residue,
  selectionOf: SelectionOf,
  question: Pick<Parameters<typeof textAtoms>[0], 'universe' | 'examples' | 'lowerCase'>,
  budget: Budget,
): readonly Branch[] {
  const selected = alive.flatMap((index) => {
    const statement = pair.statements[index];
    const selection = statement && selectionOf(statement);
    return selection ? [{ index, selection }] : [];
  });
  const used = [...new Set(selected.flatMap(({ selection }) => selection.patterns))];
  const position = new Map(used.map((pattern, at) => [pattern, at]));
  const patterns = used.flatMap((pattern) => pair.patterns[pattern] ?? []);
  const lists = selected.map(({ index, selection }) => ({
    index,
    negated: selection.negated,
    at: selection.patterns.flatMap((pattern) => position.get(pattern) ?? []),
  }));
  const sought = lists.filter(({ index }) => different.has(index));
  const wanted = sought.some(({ negated }) => negated) ? null : new Set(sought.flatMap(({ at }) => at));
  const matcher = new Matcher(lists, patterns.length);
  const out = new Branches();
  for (const atom of textAtoms({ ...question, patterns, wanted }, budget)) {
    const variables = atom.accepted.filter((at) => patterns[at]?.variables.length);
    const plain = atom.accepted.filter((at) => !variables.includes(at));
    const choices: readonly Choice[] = variables.length === 0 ? [{ taken: [], certain: true }] : choicesOf(variables, budget);
    for (const { taken, certain } of choices) {
      const matching = matcher.matching([...plain, ...taken], budget);
      out.add({ matching, samples: [atom.sample], certain, variable: variables.length > 0, world: null });
    }
  }
  return out.all();
}

/** From matched patterns to matched statements. */
class Matcher {
  private readonly byPattern: number[][];
  private readonly negated: ReadonlySet<number>;

  constructor(lists: readonly { readonly index: number; readonly negated: boolean; readonly at: readonly number[] }[], patterns: number) {
    this.byPattern = Array.from({ length: patterns }, () => []);
    this.negated = new Set(lists.filter(({ negated }) => negated).map(({ index }) => index));
    for (const { index, at } of lists) for (const pattern of at) this.byPattern[pattern]?.push(index);
  }

  matching(accepted: readonly number[], budget: Budget): readonly number[] {
    const hit = new Set<number>();
    for (const pattern of accepted) for (const index of this.byPattern[pattern] ?? []) hit.add(index);
    budget.spend(hit.size + this.negated.size + 1);
    const out = [...hit].filter((index) => !this.negated.has(index));
    for (const index of this.negated) if (!hit.has(index)) out.push(index);
    return out.sort((a, b) => a - b);
  }
}

/** Joins branches in which the same statements match. */
class Branches {
  private readonly found = new Map<string, Branch>();

  add(branch: Branch): void {
    const key = `${branch.world ? `${branch.world.id} ` : ''}${branch.matching.join()}`;
    const known = this.found.get(key);
    if (!known) this.found.set(key, branch);
    else if (branch.certain && !known.certain) this.found.set(key, branch);
    else if (branch.certain === known.certain && known.samples.length < MOST_SAMPLES) {
      this.found.set(key, { ...known, samples: [...known.samples, ...branch.samples], variable: known.variable && branch.variable });
    }
  }

  all(): readonly Branch[] {
    return [...this.found.values()];
  }
}

/**
 * One branch for each caller that can be told apart: everyone named, and somebody who is not. A unique id may be anybody (or, deleted, nobody):
 * it is tried as a stranger and as each of the others.
 */
export function callerBranches(pair: PreparedPair, { alive }: Residue, budget: Budget): readonly Branch[] {
  const lists = alive.map((index) => ({ index, principals: pair.statements[index]?.principals ?? [] }));
  const named = distinct(lists.flatMap(({ principals }) => principals));
  const callers = distinct([...named.filter((principal) => !isOpaque(principal)), EVERYBODY]);
  budget.spend((named.length + 1) ** 2 + named.length * lists.length);
  const matching = (caller: Principal): readonly number[] =>
    lists.filter(({ principals }) => principals.some((principal) => covers(principal, caller))).map(({ index }) => index);
  const out = new Branches();
  for (const caller of callers) {
    out.add({ matching: matching(caller), samples: [caller.id], certain: true, variable: false, world: null });
  }
  for (const unique of named.filter(isOpaque)) {
    const own = new Set(matching(unique));
    for (const caller of callers.filter(({ kind }) => kind === 'AWS')) {
      const both = [...new Set([...own, ...matching(caller)])].sort((a, b) => a - b);
      out.add({ matching: both, samples: [unique.id], certain: true, variable: false, world: { id: unique.id, as: caller.id } });
    }
  }
  return out.all();
}

function distinct(principals: readonly Principal[]): readonly Principal[] {
  return principals.filter((principal, index) => principals.findIndex((other) => sameCaller(other, principal)) === index);
}
