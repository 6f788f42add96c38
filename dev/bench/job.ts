/** What a contender has to read, with which credentials, and how many targets at a time. */
export interface Job {
  /** URL of the embedded AWS. */
  readonly url: string;
  readonly hub: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly roleName: string;
  readonly targets: readonly string[];
  /** ARN of the role in the hub that reads. */
  readonly auditorRole: string;
  /** The desired-state file that the estate fulfils. */
  readonly desiredYaml: string;
  /** Keys that may assume that role. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Targets in flight. */
  readonly concurrency: number;
}

/** The job that the bench put into this process's environment. */
export function job(): Job {
  const text = process.env.BENCH_JOB;
  if (text === undefined) throw new Error('BENCH_JOB is not set: start this through npm run bench');
  const parsed: Job = JSON.parse(text);
  return parsed;
}
