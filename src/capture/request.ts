import type { FileError } from '../desired/index.ts';
import { parseDesired } from '../desired/index.ts';
import { findDrift } from '../drift/drift.ts';
import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import type { Comparer } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';

/** What a file is written from. */
export interface CaptureRequest {
  /** How the file is called: its path from the workspace. */
  readonly path: string;
  /** The file as it is, and what it says; it may have no targets yet. `undefined`: there is none. */
  readonly existing: { readonly text: string; readonly desired: Desired; readonly user: string | undefined } | undefined;
  /** Comment lines at the head of a new file, without their marks. */
  readonly header: readonly string[];
  /** The hub, and the roles that its grants name. */
  readonly live: State;
  /** What could not be read of the targets. */
  readonly errors: readonly ReadError[];
  readonly at: Date;
  readonly comparer: Comparer;
  /** Of this live state. */
  readonly drifts?: KnownDrifts;
}

/** The file that was written is not a valid desired state. */
export class Unwritable extends Error {
  readonly errors: readonly FileError[];
  readonly text: string;

  constructor(errors: readonly FileError[], text: string) {
    super('the captured file is not a valid desired-state file');
    this.errors = errors;
    this.text = text;
  }
}

/** @throws {Unwritable} */
export function readBack(text: string, path: string): Desired {
  const parsed = parseDesired(text, { path });
  if ('errors' in parsed) throw new Unwritable(parsed.errors, text);
  return parsed.desired;
}

/** What was found of drafts of the file, by their text: most edits are looked for and not needed, and reading a file of hundreds of targets takes its time. */
export type KnownDrifts = Map<string, CaptureDrift>;

/** The differences between the document and live. Those that exceptions accept are separate: they are meant to go, and stay exceptions. */
export function driftOf(document: DesiredDocument, request: CaptureRequest): CaptureDrift {
  const draft = document.draft();
  const known = request.drifts?.get(draft);
  if (known !== undefined) return known;
  const copy = document.copy();
  // The names of new grants do not matter to the comparison, but in a half-edited file they may be taken.
  copy.set(['hub', 'grants'], { policyName: 'captured-{account}-{roleName}' });
  const desired = readBack(copy.draft(), request.path);
  const all = allFindings(desired, request);
  const found = { desired, findings: all.filter((finding) => !isExcepted(finding)), excepted: all.filter(isExcepted) };
  request.drifts?.set(draft, found);
  return found;
}

/** Drift of the file as it is so far. */
export interface CaptureDrift {
  readonly desired: Desired;
  readonly findings: readonly Finding[];
  readonly excepted: readonly Finding[];
}

export function openFindings(desired: Desired, request: CaptureRequest): readonly Finding[] {
  return allFindings(desired, request).filter((finding) => !isExcepted(finding));
}

function allFindings(desired: Desired, { live, ...options }: CaptureRequest): readonly Finding[] {
  return findDrift(desired, { state: live, errors: [] }, options).findings;
}
