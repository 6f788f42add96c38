import { covers, EVERYBODY, isInAccount, isOpaque, letsInAlone, mayBe } from '../callers.ts';
import { actionPattern, type Pattern } from '../pattern.ts';
import type { Principal } from '../statement.ts';
import type { PolicyKind } from '../types.ts';
import type { Budget } from './budget.ts';
import { type Choice, choicesOf, withWay } from './choices.ts';
import { examplesOf } from './example-text.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';
import { ACTION, type Residual, type Residuals, TARGET } from './residual.ts';
import { StatementClasses } from './statement-classes.ts';
import { MOST_SAMPLES, textAtoms } from './text-atoms.ts';
import type { TextQuestion } from './text-question.ts';

/** A part of a dimension in which the same statements match. */
export interface Branch extends Pick<Choice, 'certain' | 'variables' | 'needed'> {
  readonly matching: readonly number[];
  /** Some of the values, for people; the first is a witness. */
  readonly samples: readonly string[];
  readonly caller: CallerKind;
}

/**
 * `opaque`: a unique id. Whom it stands for, if anybody, is unknown, so nothing about it is certain. `alone`: somebody of the role's own account who has no
 * policy that lets him in. All other callers have what policies they need.
 */
export type CallerKind = 'named' | 'opaque' | 'alone';

/** Actions are named service:Name. A role's trust policy decides about actions of sts: only. */
const UNIVERSES: Readonly<Record<PolicyKind, Pattern>> = {
  identity: oneColon(actionPattern('?*:?*')),
  trust: oneColon(actionPattern('sts:?*')),
};

function oneColon(pattern: Pattern): Pattern {
  return {
    ...pattern,
    tokens: pattern.tokens.map((token) =>
      token.kind === 'one' ? { kind: 'one-but-colon' } : token.kind === 'many' ? { kind: 'many-but-colon' } : token,
    ),
  };
}

/** Actions that readers know, as samples of patterns. */
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
    'iam:CreateAccessKey',
    'organizations:DescribeOrganization',
    'dynamodb:GetItem',
    'logs:PutLogEvents',
    'cloudwatch:PutMetricData',
    'cloudtrail:StopLogging',
    'cloudformation:CreateStack',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'sns:Publish',
    'sqs:SendMessage',
    'rds:DescribeDBInstances',
    'eks:DescribeCluster',
    'ecr:GetAuthorizationToken',
  ],
};

export interface BranchContext {
  readonly pair: PreparedPair;
  readonly kind: PolicyKind;
  readonly residual: Residual;
  readonly residuals: Residuals;
  readonly budget: Budget;
}

export function actionBranches(context: BranchContext): readonly Branch[] {
  const question = { universe: UNIVERSES[context.kind], examples: EXAMPLE_ACTIONS[context.kind], lowerCase: true };
  return selectionBranches(context, ACTION, ({ action }) => action, question);
}

export function resourceBranches(context: BranchContext): readonly Branch[] {
  const question = { universe: null, examples: ['*'], lowerCase: false };
  return selectionBranches(context, TARGET, ({ resource }) => resource, question);
}

function selectionBranches(
  { pair, residual, residuals, budget }: BranchContext,
  stage: number,
  selectionOf: (statement: PreparedStatement) => Selection | null,
  question: Pick<TextQuestion, 'universe' | 'examples' | 'lowerCase'>,
): readonly Branch[] {
  const classes = new StatementClasses(pair, residual, residuals, stage, selectionOf);
  const out = new Branches();
  const examples = [...question.examples, ...(stage === TARGET ? examplesOf(classes.entries) : [])];
  for (const atom of textAtoms({ ...question, entries: classes.entries, overruled: classes.overruled, examples }, budget)) {
    const candidates = atom.variable.flatMap((at) => {
      const pattern = classes.entries[at]?.pattern;
      return pattern ? [{ at, pattern }] : [];
    });
    for (const { matched, certain, variables: asked, needed } of choicesOf(candidates, budget)) {
      // A pattern on its own has texts, whatever its variables stand for.
      const variables = classes.entries.length === 1 ? [] : asked;
      const groups = new Set([...atom.groups, ...matched.flatMap((entry) => classes.entries[entry]?.groups ?? [])]);
      budget.spend(groups.size + classes.size + 2);
      out.add({ matching: classes.matching(groups), samples: atom.samples, certain, variables, needed, caller: 'named' });
    }
  }
  return out.all();
}

/** Joins branches in which the same statements match. */
class Branches {
  private readonly found = new Map<string, readonly Branch[]>();

  add(branch: Branch): void {
    const key = `${branch.matching.join()} ${branch.caller === 'alone'}`;
    const known = this.found.get(key) ?? [];
    const ways = withWay(known, branch);
    this.found.set(key, ways === known ? known.map((way) => withSamples(way, branch)) : ways);
  }

  all(): readonly Branch[] {
    return [...this.found.values()].flat();
  }
}

/** The same branch, with the samples of another one if that comes about in the same way. */
function withSamples(way: Branch, { samples, certain, variables, needed }: Branch): Branch {
  const alike = way.certain === certain && way.variables.length > 0 === variables.length > 0 && way.needed.join() === needed.join();
  return !alike ? way : { ...way, samples: [...way.samples, ...samples].slice(0, MOST_SAMPLES) };
}

/**
 * One branch for each caller that can be told apart: everyone who is named, and somebody who is not.
 *
 * A unique id may belong to a stranger, to one of the others or, once deleted, to nobody. To try it as a stranger is enough. For somebody who is two
 * callers in one, each document denies what it denies to either of them, and else allows what it allows to either. So the answer moves in a direction
 * in which it moves for one of the two. It may not move at all, so nothing is certain about a user or role that the id may belong to.
 *
 * Who is named in the role's own account is a caller twice if that makes a difference: with policies that let him in, and without. Who is not named there is
 * like the root with policies, and like somebody elsewhere without: he is denied what the root is, and allowed what everybody is.
 */
export function callerBranches({ pair, residual: { alive }, budget }: BranchContext): readonly Branch[] {
  const lists = alive.map((index) => ({ index, principals: pair.statements[index]?.principals ?? [] }));
  const named = distinct(lists.flatMap(({ principals }) => principals));
  // Asking whether one covers another takes their names apart.
  const asked = lists.reduce((sum, { principals }) => sum + principals.length, lists.length);
  budget.spend(2 * (named.length + 1) ** 2 + named.length * asked);
  const out = new Branches();
  for (const caller of distinct([...named, EVERYBODY])) {
    const matchingBy = (reaches: (index: number, principal: Principal) => boolean): readonly number[] =>
      lists.filter(({ index, principals }) => principals.some((one) => reaches(index, one))).map(({ index }) => index);
    const add = (kind: CallerKind, matching: readonly number[]): void => {
      const isSure =
        kind !== 'opaque' &&
        lists.every(({ index, principals }) => matching.includes(index) || !principals.some((one) => mayBe(one, caller)));
      out.add({ matching, samples: [caller.id], certain: isSure, variables: [], needed: [], caller: kind });
    };
    const all = matchingBy((_index, principal) => covers(principal, caller));
    add(isOpaque(caller) ? 'opaque' : 'named', all);
    if (pair.account === undefined || !isInAccount(caller, pair.account)) continue;
    const alone = matchingBy((index, principal) =>
      pair.statements[index]?.effect === 'Deny' ? covers(principal, caller) : letsInAlone(principal, caller),
    );
    if (alone.length < all.length) add('alone', alone);
  }
  return out.all();
}

function distinct(principals: readonly Principal[]): readonly Principal[] {
  return [...new Map(principals.map((principal) => [`${principal.kind} ${principal.id}`, principal])).values()];
}
