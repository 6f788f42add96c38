import type { IamCall, PlannedCall } from '../../src/plan/call.ts';
import { recordedChange } from '../../src/plan/recorded-change.ts';

/** A call as a plan has it, of which only what it changes matters. */
export function plannedCall(call: IamCall, sides: { readonly before: unknown; readonly after: unknown }): PlannedCall {
  const change = recordedChange({ ...call, ...sides, findings: [], at: '' }, { partition: 'aws', hub: { account: '111111111111' } });
  if (change === undefined) throw new Error(`no call of a plan: ${call.action}`);
  return {
    ...call,
    change,
    findings: [],
    purpose: '',
    effect: 'revoke',
    command: '',
    phase: 'targets',
    needs: [],
    keeps: [],
    gives: [],
    takes: [],
    condition: '',
  };
}
