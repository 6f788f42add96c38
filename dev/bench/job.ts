import type { Estate } from './estate.ts';

/** What a contender has to read, and how wide. */
export interface Job {
  readonly url: string;
  readonly estate: Estate;
  readonly concurrency: number;
}

/** The job that the bench put into this process's environment. */
export function job(): Job {
  const text = process.env.BENCH_JOB;
  if (text === undefined) throw new Error('BENCH_JOB is not set: start this through npm run bench');
  const parsed: Job = JSON.parse(text);
  return parsed;
}
