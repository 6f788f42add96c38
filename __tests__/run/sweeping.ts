import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import type { Fault } from '../../dev/aws/faults/fault.ts';
import { type ParamInput, Params } from '../../dev/aws/protocol/query.ts';
import type { RecordedCall } from '../../dev/aws/recording.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { ReportChange } from '../../src/report/model/schema.ts';
import { turns } from '../runs.ts';
import { repair, reportOf, writes } from './repairing.ts';
import { contentOf, FIVE, FOUR, ONE, OTHER_GROUP, openDrifted, SIX, TARGETS, THREE, TWO, USER } from './sweep-estate.ts';
import { HUB, managed, roleArn } from './target-cases.ts';

/** The writes of a long repair, of which each has its turn when something goes wrong. */

/** A write, by enough of its input to tell it from the others. */
export interface Write {
  readonly action: string;
  readonly account: string;
  readonly input: ParamInput;
}

const write = (action: string, account: string, input: ParamInput): Write => ({ action, account, input });
const grantOf = (account: string) => write('PutGroupPolicy', HUB, { PolicyName: `assume-${account}-Micetro` });

/** All that a repair writes here, in its order; that of the targets is theirs alone. */
export const WRITES: readonly Write[] = [
  write('DeleteUserPolicy', HUB, { PolicyName: 'by-hand' }),
  write('RemoveUserFromGroup', HUB, { UserName: 'intern' }),
  write('PutGroupPolicy', HUB, { PolicyName: 'packed' }),
  write('UpdateRole', ONE, { MaxSessionDuration: 7200 }),
  write('TagRole', ONE, { Tags: [{ Key: 'tier', Value: 'prod' }] }),
  write('TagRole', ONE, { Tags: [{ Key: 'team', Value: 'ddi' }] }),
  write('UpdateAssumeRolePolicy', TWO, { RoleName: 'Micetro' }),
  write('DetachRolePolicy', THREE, { PolicyArn: managed('AdministratorAccess') }),
  write('DeleteRolePolicy', THREE, { PolicyName: 'extra' }),
  write('AttachRolePolicy', THREE, { PolicyArn: managed('AmazonRoute53FullAccess') }),
  write('PutRolePolicy', THREE, { PolicyName: 'zones' }),
  write('PutRolePolicy', THREE, { PolicyName: 'dns' }),
  write('PutRolePermissionsBoundary', FOUR, { RoleName: 'Micetro' }),
  write('UpdateAssumeRolePolicy', FIVE, { RoleName: 'Micetro' }),
  write('CreateRole', SIX, { RoleName: 'Micetro' }),
  write('AttachRolePolicy', SIX, { PolicyArn: managed('AmazonRoute53FullAccess') }),
  write('AttachRolePolicy', SIX, { PolicyArn: managed('AmazonEC2FullAccess') }),
  write('AttachUserPolicy', HUB, { PolicyArn: managed('IAMReadOnlyAccess') }),
  grantOf(ONE),
  grantOf(TWO),
  grantOf(FOUR),
  grantOf(SIX),
  write('RemoveUserFromGroup', HUB, { GroupName: OTHER_GROUP }),
  write('DetachGroupPolicy', HUB, { PolicyArn: `arn:aws:iam::${HUB}:policy/way-in` }),
  // Replaces what can't be understood.
  grantOf(THREE),
  write('DeleteGroupPolicy', HUB, { PolicyName: 'anywhere' }),
];

export function nameOf({ action, account, input }: Write): string {
  return [action, account, ...Object.values(Params.from(input).toRecord())].join(' ');
}

export const ALL: readonly string[] = WRITES.map(nameOf);

/** For `test.each`. */
export const CASES = turns(WRITES).map((one) => [nameOf(one), one] as const);

export function byName(one: string, other: string): number {
  return one.localeCompare(other);
}

/** Hits the write, and no other. */
export function faultAt({ action, account, input }: Write): Pick<Fault, 'action' | 'account' | 'params'> {
  return { action, account, params: Params.from(input).toRecord() };
}

/** The writes that took effect and were answered, or would have been if the run had lived. */
export function effective(scene: Scene): string[] {
  return writes(scene)
    .filter(({ status }) => status === 200)
    .map(madeBy);
}

/** The write that a call makes. */
export function madeBy({ action, account, params }: RecordedCall): string {
  const isIn = ([name, value]: readonly [string, string]) => params[name] === value;
  return nameIn((write) => write.action === action && write.account === account && parameters(write).every(isIn));
}

/** The writes that a report lists. */
export function told(calls: readonly Pick<ReportChange, 'account' | 'action' | 'input'>[]): string[] {
  return calls.map(({ action, account, input }) => {
    const isIn = ([name, value]: readonly [string, unknown]) => isDeepStrictEqual(input[name], value);
    return nameIn((write) => `iam:${write.action}` === action && write.account === account && Object.entries(write.input).every(isIn));
  });
}

function parameters({ input }: Write): [string, string][] {
  return Object.entries(Params.from(input).toRecord());
}

function nameIn(is: (write: Write) => boolean): string {
  return WRITES.filter(is).map(nameOf).join(' or ');
}

/** What was written, in whatever order. */
export function gist(changes: readonly ReportChange[]): string[] {
  return changes.map(({ account, action, input, before, after }) => JSON.stringify({ account, action, input, before, after })).toSorted();
}

/** What a repair leads to when nothing goes wrong. */
export interface Undisturbed {
  readonly content: unknown;
  readonly changes: readonly ReportChange[];
}

export async function repairUndisturbed(open: Parameters<typeof openDrifted>[0]): Promise<Undisturbed> {
  await using scene = await openDrifted(open);
  expect((await repair(scene)).exitCode).toBe(0);
  return { content: contentOf(scene), changes: (await reportOf(scene)).changes };
}

/** Looks whenever it is told to: the hub user has to keep a way into each wanted target into which it had one. */
export class AccessWatch {
  readonly #scene: Scene;
  readonly #open = new Set<string>();
  /** Ways that were lost: the target, and the last call before. */
  readonly lost: string[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** Before every call of IAM. */
  get fault(): Fault {
    return { service: 'iam', before: this.look };
  }

  readonly look = (): void => {
    const { aws } = this.#scene;
    for (const account of TARGETS) {
      if (aws.account(HUB).mayAssume(USER, roleArn(account))) this.#open.add(account);
      else if (this.#open.delete(account)) this.lost.push(`${account} by ${aws.calls.at(-1)?.action}`);
    }
  };

  /** The last digits of the targets that are open. */
  get open(): string {
    return TARGETS.filter((account) => this.#open.has(account))
      .map((account) => account.slice(-1))
      .join('');
  }
}

/** All targets are open, and none that was open was ever shut. */
export function expectOpen(watch: AccessWatch): void {
  watch.look();
  expect([watch.open, watch.lost]).toEqual(['1234567', []]);
}
