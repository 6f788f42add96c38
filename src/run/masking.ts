import type { Inputs } from '../inputs/inputs.ts';
import type { RunContext } from '../publish/run-context.ts';
import { type Masker, masker } from '../report/model/mask-text.ts';
import type { State } from '../state/state.ts';
import { compareText } from '../text/compare-text.ts';
import type { CheckedRun } from './task.ts';

/** Account ids are shortened where anybody can read them, and where it is not known who can. */
export function mustMask({ repository }: RunContext, { maskAccounts }: Inputs): boolean {
  return maskAccounts === 'auto' ? repository.visibility !== 'private' : maskAccounts;
}

/** For texts of a run that has no report yet. Accounts have the short forms that they will have in the published report. */
export function maskerOf({ context, inputs }: Pick<CheckedRun, 'context' | 'inputs'>, state: State | undefined): Masker {
  if (!mustMask(context, inputs)) return (text) => text;
  const accounts = state === undefined ? [] : [state.hub, ...state.targets].map(({ account }) => account);
  return masker(accounts.sort(compareText));
}
