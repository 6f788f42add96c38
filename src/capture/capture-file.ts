import { formatFileError } from '../desired/index.ts';
import { hasPlaceholder } from '../desired/placeholders.ts';
import type { Finding } from '../drift/finding.ts';
import type { Desired } from '../state/desired.ts';
import { isErrorOf, type ReadError } from '../state/reading.ts';
import type { Target } from '../state/state.ts';
import { DesiredDocument } from './desired-document.ts';
import { editCallers } from './edit-callers.ts';
import { editContents } from './edit-contents.ts';
import { editGrants } from './edit-grants.ts';
import { editHub, nameHub } from './edit-hub.ts';
import { editOtherGroups } from './edit-other-groups.ts';
import { editRoles } from './edit-roles.ts';
import { editTargets, type LeftOut, type Placed } from './edit-targets.ts';
import { knownTargets } from './known-targets.ts';
import { type CaptureRequest, driftOf, openFindings, readBack, Unwritable } from './request.ts';
import { isOfIncident, withoutPassing } from './without-passing.ts';

/** A desired state of what is live. */
export interface Captured {
  readonly text: string;
  /** Whether it differs from the file that is there. */
  readonly isChanged: boolean;
  /** The file read back by the parser of every audit. */
  readonly desired: Desired;
  /** What an audit with the file will say all the same: of what was left out, and of what the file has no words for. */
  readonly findings: readonly Finding[];
  /** Targets that were read whole and are in the file. */
  readonly captured: readonly Target[];
  readonly leftOut: readonly LeftOut[];
}

/** Writes the file, or says why it can't be written: nothing is ever written that the action could not read again. */
export function captureFile(request: CaptureRequest): Captured | { readonly errors: readonly string[] } {
  const unwritable = new Map<Target, string>();
  for (;;) {
    const draft = draftOf(request, unwritable);
    try {
      return write(request, draft);
    } catch (error) {
      if (!(error instanceof Unwritable)) throw error;
      const found = unwritableTargets(error, draft.placed).filter(([target]) => !unwritable.has(target));
      if (found.length === 0) return { errors: error.errors.map(formatFileError) };
      for (const [target, reason] of found) unwritable.set(target, reason);
    }
  }
}

/** The file as far as it names the hub and the targets. */
interface Draft {
  readonly document: DesiredDocument;
  readonly placed: readonly Placed[];
  readonly leftOut: readonly LeftOut[];
}

function draftOf(request: CaptureRequest, unwritable: ReadonlyMap<Target, string>): Draft {
  const { existing, live } = request;
  const known = knownTargets(live.targets, existing?.desired.state.targets ?? []);
  const leftOut = live.targets.flatMap((target) => whyLeftOut(target, request, unwritable, known.has(target)));
  const granted = live.targets.filter((target) => leftOut.every((left) => left.target !== target || left.isKept));
  const document = new DesiredDocument(existing?.text ?? newFile(request));
  if (!document.has(['version'])) document.set(['version'], 1);
  nameHub(document, request);
  return { document, placed: editTargets(document, request, { granted, known, leftOut }), leftOut };
}

function write(request: CaptureRequest, { document, placed, leftOut }: Draft): Captured {
  const { existing, live, path } = request;
  const { findings, excepted } = driftOf(document, request);
  const settled: CaptureRequest = {
    ...request,
    live: withoutPassing(live, [...excepted, ...findings.filter(isOfIncident)]),
    drifts: new Map(),
  };
  const settledTarget = (target: Target) => settled.live.targets[live.targets.indexOf(target)] ?? target;
  editRoles(
    document,
    settled,
    placed.map((entry) => ({ ...entry, target: settledTarget(entry.target) })),
  );
  const accepted = excepted.flatMap(({ difference }) => (difference.kind === 'extra-grant' ? [difference.pattern] : []));
  editHub(document, settled, new Set([...leftOut.map(({ target }) => target.roleArn), ...accepted]));
  editOtherGroups(document, settled);
  editGrants(document, request);
  editContents(document, settled);
  editCallers(document, settled);
  const text = existing === undefined ? document.draft() : document.text();
  const desired = readBack(text, path);
  const captured = live.targets.filter((target) => leftOut.every((left) => left.target !== target));
  return { text, isChanged: text !== existing?.text, desired, findings: openFindings(desired, request), captured, leftOut };
}

/** The starter file that somebody would have written for this hub. */
function newFile({ header, live }: CaptureRequest): string {
  const partition = live.partition === 'aws' ? '' : `  partition: ${live.partition}\n`;
  const comments = header.map((line) => `# ${line}\n`).join('');
  return `${comments}version: 1\nhub:\n  account: "${live.hub.account}"\n${partition}`;
}

function whyLeftOut(
  target: Target,
  { existing, errors }: CaptureRequest,
  unwritable: ReadonlyMap<Target, string>,
  isKept: boolean,
): LeftOut[] {
  const left = (kind: LeftOut['kind'], reason: string): LeftOut[] => [{ target, kind, reason, isKept }];
  const error = errors.find((one) => isErrorOf(one, target));
  if (error !== undefined) return left('unread', reasonOf(error));
  const { value: found } = target.role;
  if (found === null) return left('dangling', 'the role does not exist');
  if (found === undefined) return left('unread', 'it could not be read');
  if (found.arn !== target.roleArn) return left('dangling', `the grant names ${target.roleArn}, and the role is ${found.arn}`);
  const { scope } = existing?.desired.state.organization ?? {};
  if (scope?.exclude.accounts.includes(target.account) === true)
    return left('unwritable', 'the file excludes its account under organization');
  const unwritten = hasPlaceholder(found.path) ? `the file would take ${found.path} for a placeholder` : unwritable.get(target);
  return unwritten === undefined ? [] : left('unwritable', unwritten);
}

/** Without the message: it names the session, and with it the run. */
function reasonOf({ code, call }: ReadError): string {
  return `${code} at ${call}`;
}

/** The targets of which the file can't say what is live, by what the parser says of their lines. */
function unwritableTargets({ errors }: Unwritable, placed: readonly Placed[]): readonly (readonly [Target, string])[] {
  return errors.flatMap(({ path, message }) => {
    const [, index] = /^targets\[(\d+)\]/.exec(path) ?? [];
    const target = index === undefined ? undefined : placed[Number(index)]?.target;
    return target === undefined ? [] : [[target, message] as const];
  });
}
