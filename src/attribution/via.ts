import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { TrailEvent } from './trail-event.ts';

export const VIAS = ['console', 'cli', 'sdk', 'CloudFormation', 'Terraform', 'service', 'this-action'] as const;

/** Through what a call was made. */
export type Via = (typeof VIAS)[number];

/**
 * AWS itself sets `invokedBy`, and the address of a call that a service makes. The user agent is whatever the caller sends: a hint, and no proof.
 *
 * @param fixerRoles names of the roles by which this action writes: a session of another role is never taken for a run of it
 */
export function viaOf(event: TrailEvent, fixerRoles: readonly string[]): Via {
  const { identity, userAgent, sourceAddress, isOfConsole } = event;
  const service = [identity.invokedBy, sourceAddress].find((name) => name !== undefined && SERVICE.test(name));
  // StackSets calls through CloudFormation: member.org.stacksets.cloudformation.amazonaws.com is its trusted principal.
  if (service !== undefined && /(^|\.)cloudformation\./.test(service)) return 'CloudFormation';
  if (service !== undefined || identity.type === 'AWSService') return 'service';
  if (isOwnRun(event, fixerRoles)) return 'this-action';
  if (/\bTerraform\b|\bOpenTofu\b/i.test(userAgent)) return 'Terraform';
  if (/^aws-cli\//.test(userAgent)) return 'cli';
  return isOfConsole || CONSOLE.test(userAgent) ? 'console' : 'sdk';
}

/** The sign-in service is the console, which calls for whoever signed in. */
const SERVICE = /^(?!signin\.)([\w-]+\.)+amazonaws\.com(\.cn)?$/;

/** The console's own names, and browsers. */
const CONSOLE = /^(console|signin)\.(amazonaws|aws\.amazon)\.com|^AWS-?(Console|Internal)|^AWS Internal|^Mozilla\/\d/i;

/** Runs of this action send its name, and name their sessions `drift-RUN-ATTEMPT`; see `sessionNameOf`. */
function isOwnRun({ identity: { arn, role }, userAgent }: TrailEvent, fixerRoles: readonly string[]): boolean {
  const isFixer = role === undefined || fixerRoles.some((name) => sameName(name, nameOf(role)));
  const isSession = role !== undefined && /^drift-\d+-\d+$/.test(nameOf(arn ?? ''));
  return isFixer && (isSession || /^assume-role-drift\b/.test(userAgent));
}
