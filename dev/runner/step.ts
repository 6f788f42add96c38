/** What GitHub's runner would pass to a step that uses the action. */
export interface Step {
  /** The repository, checked out: a folder. */
  readonly workspace: string;
  /** Inputs by their names in action.yml. Missing inputs get the defaults of action.yml, as with the real runner: see `defaults`. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly event: string;
  /** The event's payload. */
  readonly payload?: unknown;
  /** The text of the event's file, in place of the payload. */
  readonly eventText?: string;
  /** Variables of the job: credentials, endpoints, addresses of GitHub. */
  readonly env: Readonly<Record<string, string>>;
  /** The bundle to run. Default: the shipped one. */
  readonly bundle?: string;
  /** Receives a function that sends a signal to the step's process, as the runner does when a job is cancelled. */
  readonly onStart?: (kill: (signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => void) => void;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Workflow commands of the log: `error`, `warning`, `notice` with their properties. */
  readonly annotations: readonly LoggedAnnotation[];
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  /** Milliseconds. */
  readonly took: number;
}

export interface LoggedAnnotation {
  readonly level: string;
  readonly properties: string;
  readonly message: string;
}

/** The paths of the runner's own files. */
export interface RunnerFiles {
  readonly event: string;
  readonly output: string;
  readonly summary: string;
  readonly temp: string;
}

/** https://docs.github.com/actions/reference/variables-reference */
export function runnerVariables({ workspace, event }: Pick<Step, 'workspace' | 'event'>, files: RunnerFiles): Record<string, string> {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'acme/access',
    GITHUB_SHA: '5e884898da28047151d0e56f8dc6292773603d0d',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: 'acme/access/.github/workflows/drift.yml@refs/heads/main',
    HOME: files.temp,
    RUNNER_TEMP: files.temp,
    // Without it, the AWS SDK asks the network whether the machine is an EC2 instance.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
