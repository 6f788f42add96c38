import { type AlarmClock, systemClock } from '../src/time/clock.ts';
import { Deadline } from '../src/time/deadline.ts';

/** A deadline so many minutes from now. */
export function deadlineIn(minutes: number, clock: AlarmClock = systemClock, cancelled = new AbortController().signal): Deadline {
  return new Deadline({ clock, startedAt: clock.now(), minutes, cancelled });
}

/** None that ends anything: reading is bounded as what a repair reads is. */
export function noDeadline(): Deadline {
  const deadline = deadlineIn(1);
  deadline.lift();
  return deadline;
}
