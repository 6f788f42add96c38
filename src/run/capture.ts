import { type AwsAccess, HubAccessError } from '../aws/access.ts';
import { callerRemarks, captureFile, remarksOf } from '../capture/index.ts';
import { parseStarterFile } from '../desired/index.ts';
import { pathAndName, sameName } from '../iam/names.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { discoverHub, type HubStart } from '../live/discover-hub.ts';
import type { RunContext } from '../publish/run-context.ts';
import { FileNotWritten, writeFileWhole } from '../publish/write-file.ts';
import { brokenFileReport, hubUnreadReport, type RunFacts } from '../report/model/build.ts';
import { buildCaptureReport } from '../report/model/build-capture.ts';
import type { Report } from '../report/model/schema.ts';
import type { Desired } from '../state/desired.ts';
import type { Hub } from '../state/state.ts';
import { readForCapture } from './capture-reading.ts';
import { DesiredFileMissing, placeOfDesiredFile, readDesiredFileIfThere } from './desired-file.ts';
import { hubOf, openHubOf, progressOf } from './hub-access.ts';
import type { Job } from './job.ts';
import { type FileProblem, problemOf } from './load-desired.ts';
import type { RunOutcome } from './outcome.ts';
import { schemaLine } from './schema-line.ts';
import { type CheckedRun, driftOptions } from './task.ts';

/** The file as it was before the capture. */
interface Existing {
  readonly text: string;
  readonly desired: Desired;
  readonly user: string | undefined;
}

/** Something ended the capture before anything was written; the message is for people. */
class NotCaptured extends Error {
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super(problems.map(({ text }) => text).join(' '));
    this.problems = problems;
  }
}

function notCaptured(...texts: readonly string[]): NotCaptured {
  return new NotCaptured(texts.map((text) => ({ text, location: undefined })));
}

function captureError(account: string, message: string): Report['errors'][number] {
  return { account, code: 'NotCaptured', message, call: '', advice: '' };
}

/** Mode capture: file → hub → grants → targets → file. Whatever is wrong before the first call is reported before it. */
export async function capture(task: CheckedRun): Promise<RunOutcome> {
  const { context, inputs, facts } = task;
  const path = inputs.desiredState;
  const progress = progressOf(task, undefined);
  let account = '';
  try {
    const existing = await existingFile(context.workspace, inputs);
    account = existing?.desired.state.hub.account ?? '';
    const start = startOf(inputs, existing);
    const access = await openHubOf(task, existing && hubOf(existing.desired.state), inputs.auditorRole);
    account = access.account;
    progress.signedIn(access.waits);
    try {
      return await captureThrough(access, start, existing, task, () => progress.readOne());
    } finally {
      access.close();
    }
  } catch (error) {
    const unread = (errors: Report['errors']) => hubUnreadReport(facts(), path, account, errors);
    if (error instanceof HubAccessError) {
      const { code, message, call, advice } = error;
      return { report: unread([{ account, code, message, call, advice }]), problems: [] };
    }
    if (!(error instanceof NotCaptured)) throw error;
    const { problems } = error;
    const texts = problems.map(({ text }) => text);
    const isFile = problems.some(({ location }) => location !== undefined);
    const report = isFile ? brokenFileReport(facts(), path, texts) : unread(texts.map((text) => captureError(account, text)));
    return { report, problems };
  } finally {
    progress.stop();
  }
}

/** @throws {NotCaptured} when the file is wrong, or may not be rewritten */
async function existingFile(workspace: string, { desiredState: path, overwrite }: Inputs): Promise<Existing | undefined> {
  try {
    await placeOfDesiredFile(workspace, path);
    const bytes = await readDesiredFileIfThere(workspace, path);
    if (bytes === undefined) return undefined;
    if (!overwrite) {
      throw notCaptured(
        `${path} already exists. To update it, set the input overwrite to true: its comments, names, owners and exceptions are kept. Or set the input desired-state to another file.`,
      );
    }
    const parsed = parseStarterFile(bytes, { path });
    if ('errors' in parsed) throw new NotCaptured(parsed.errors.map(problemOf));
    return { text: new TextDecoder().decode(bytes), ...parsed };
  } catch (error) {
    throw error instanceof DesiredFileMissing ? notCaptured(error.message) : error;
  }
}

/** Whom to start from. Inputs and file must not contradict each other. @throws {NotCaptured} */
function startOf(inputs: Inputs, existing: Existing | undefined): HubStart {
  const { desiredState } = inputs;
  // IAM's calls take names without their paths.
  const [hubUser, hubGroup] = [inputs.hubUser, inputs.hubGroup].map((stated) => stated && pathAndName(stated).name);
  const user = existing?.user;
  const groups = existing?.desired.state.hub.groups.map(({ name }) => name) ?? [];
  if (hubUser !== undefined && user !== undefined && !sameName(hubUser, user)) {
    throw notCaptured(`Input hub-user is ${hubUser}, but ${desiredState} names the user ${user}. Remove the input, or correct the file.`);
  }
  if (hubGroup !== undefined && groups.length > 0 && !groups.some((name) => sameName(name, hubGroup))) {
    throw notCaptured(
      `Input hub-group is ${hubGroup}, but ${desiredState} names ${groups.join(', ')}. Remove the input, or correct the file.`,
    );
  }
  const start = { user: user ?? hubUser, groups: groups.length > 0 || hubGroup === undefined ? groups : [hubGroup] };
  if (start.user === undefined && start.groups.length === 0) {
    throw notCaptured('Mode capture requires the input hub-user or hub-group, or a file that names the hub user or its group.');
  }
  return start;
}

async function captureThrough(
  access: AwsAccess,
  start: HubStart,
  existing: Existing | undefined,
  task: CheckedRun,
  onRead: () => void,
): Promise<RunOutcome> {
  const { job, context, inputs, facts } = task;
  const path = inputs.desiredState;
  const found = await discoverHub(access, start);
  if ('obstacle' in found) return notFound(access, found, facts(), path);
  const options = driftOptions(task);
  const read = await readForCapture(access, found.hub, existing?.desired, { inputs, onRead, ...options });
  if (read === undefined) return notFound(access, { obstacle: withoutTargets(found.hub), errors: found.errors }, facts(), path);
  const { grants, live, organization } = read;
  const captured = captureFile({ path, existing, header: headerOf(job, context), live, errors: read.ofTargets, ...options });
  if ('errors' in captured) throw notCaptured(...captured.errors);
  if (task.deadline.isCancelled)
    throw notCaptured('The run was cancelled before everything was read, so no file was written. Run the job again.');
  const reason = captured.isChanged ? await write(context.workspace, path, captured.text) : '';
  const report = buildCaptureReport(
    facts(),
    captured,
    { state: live, errors: [...found.errors, ...read.errors] },
    {
      written: captured.isChanged && reason === '',
      reason,
      removed: grants.ungranted,
      ...organization,
      review: [...remarksOf(live, captured, grants.others, options.at), ...callerRemarks(live.hub, captured.desired)],
      ...options,
    },
  );
  return { report, problems: [], text: captured.text };
}

/** The comment at the head of a new file. */
function headerOf({ env }: Job, context: RunContext): string[] {
  const advice = 'Captured from the live accounts. Review it before you merge it: audits compare the accounts with this file from then on.';
  return [...schemaLine(env, context), advice];
}

function withoutTargets({ groups }: Hub): string {
  const names = groups.map(({ name }) => name).join(', ');
  return `No grants were found: no inline policy of ${names} allows the user to assume a role by its exact ARN, so there are no targets to capture.`;
}

function notFound(
  access: AwsAccess,
  { obstacle, errors }: { readonly obstacle: string; readonly errors: readonly Omit<Report['errors'][number], 'account'>[] },
  run: RunFacts,
  path: string,
): RunOutcome {
  const { account } = access;
  const read = errors.map(({ code, message, call, advice }) => ({ account, code, message, call, advice }));
  return { report: hubUnreadReport(run, path, account, [...read, captureError(account, obstacle)]), problems: [] };
}

/** @returns why the file could not be written; empty when it was */
async function write(workspace: string, path: string, text: string): Promise<string> {
  try {
    await writeFileWhole(await placeOfDesiredFile(workspace, path), text);
    return '';
  } catch (error) {
    if (error instanceof FileNotWritten) return error.message;
    throw error;
  }
}
