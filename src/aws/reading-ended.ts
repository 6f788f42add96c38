import type { Clock } from '../time/clock.ts';
import { type Deadline, DeadlineOver, type Ending } from '../time/deadline.ts';
import { durationText } from '../time/duration.ts';
import { CallError } from './answers.ts';

/** What a call waited for when it ended. */
export interface Wait {
  readonly why: 'throttled' | 'unanswered';
  readonly milliseconds: number;
}

const CODES = { 'time-limit': 'TimeLimitReached', cancelled: 'RunCancelled' } as const;

/** Whether a code says that the time to read was over. */
export function isEndedCode(code: string): boolean {
  return Object.values(CODES).some((ended) => ended === code);
}

/** A call that was not made to its end, since the time to read was over. */
export class ReadingEnded extends Error {
  override readonly name = 'ReadingEnded';
  readonly code: (typeof CODES)[Ending['by']];
  readonly ending: Ending;
  readonly wait: Wait;

  constructor(ending: Ending, wait: Wait) {
    super(endingText(ending, 'the call was complete'));
    this.code = CODES[ending.by];
    this.ending = ending;
    this.wait = wait;
  }
}

/** For people: what was waited for and for how long, and what to do. */
export interface EndedText {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** Milliseconds. A call that waited for less was only about to be made, or on its way. */
const WORTH_TELLING = 2_000;

/**
 * @param call `iam:GetRole`
 * @param where `in account 222222222222`, or empty
 * @param what `this account was read`: what had not come about
 */
export function describeEnded({ code, ending, wait }: ReadingEnded, call: string, where: string, what: string): EndedText {
  const isTold = wait.milliseconds >= WORTH_TELLING;
  const waited = isTold ? `${waitText(wait, where === '' ? call : `${call} ${where}`)} ` : '';
  return { code, message: waited + endingText(ending, what), advice: adviceFor(ending, isTold ? wait.why : undefined) };
}

/** The time was over, or the run cancelled, before that had come about. */
function endingText(ending: Ending, what: string): string {
  return ending.by === 'cancelled'
    ? `The run was cancelled before ${what}.`
    : `The time limit of ${ending.minutes} min (input time-limit) was reached before ${what}.`;
}

function waitText({ why, milliseconds }: Wait, call: string): string {
  const time = durationText(milliseconds);
  return why === 'throttled' ? `AWS throttled ${call} for ${time}.` : `${call} received no response for ${time}.`;
}

function adviceFor({ by }: Ending, why: Wait['why'] | undefined): string {
  if (by === 'cancelled') return 'Run the job again.';
  if (why === 'throttled') {
    return 'Find out in CloudTrail what else calls AWS that often in the account and reduce it, or run at another time of day. If the throttling is temporary, raise the input time-limit together with timeout-minutes of the job.';
  }
  if (why === 'unanswered') {
    return 'Check the network between the runner and AWS, and https://health.aws.amazon.com. Then run the job again.';
  }
  return 'Check what the run waited for in other accounts. If there is nothing, raise the input concurrency, or raise time-limit together with timeout-minutes of the job.';
}

/** The ended call that is behind an error, if there is one. */
export function endedCall(error: unknown): ReadingEnded | undefined {
  const cause = error instanceof CallError ? error.cause : error;
  return cause instanceof ReadingEnded ? cause : undefined;
}

/** The deadline that is behind an error, if there is one: an aborted request has it as its cause. */
export function deadlineOver(error: unknown): DeadlineOver | undefined {
  if (error instanceof DeadlineOver) return error;
  return error instanceof Error && error.cause instanceof DeadlineOver ? error.cause : undefined;
}

/** What comes of work that can't be aborted. @throws {ReadingEnded} as soon as reading has to end; the work is left to itself */
export async function untilOver<T>(deadline: Deadline, clock: Clock, work: () => Promise<T>): Promise<T> {
  const startedAt = clock.now();
  try {
    return await deadline.race(work);
  } catch (error) {
    const over = deadlineOver(error);
    throw over === undefined ? error : new ReadingEnded(over.ending, { why: 'unanswered', milliseconds: clock.now() - startedAt });
  }
}
