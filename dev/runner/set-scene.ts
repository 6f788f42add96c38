import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Estate, withDrift } from '../aws/estate.ts';
import { type Guide, type GuideOptions, guideEstate } from '../aws/guide.ts';
import { seedEmbedded, seedEstate } from '../aws/seed.ts';
import { type AwsOptions, type EmbeddedAws, startAws } from '../aws/server.ts';
import { type EmbeddedGitHub, startGitHub } from '../github/server.ts';
import { FULL_TOKEN } from '../github/tokens.ts';
import type { Step, StepResult } from './step.ts';

export interface SceneOptions extends AwsOptions {
  readonly guide?: Partial<GuideOptions>;
  /** Makes the estate drift before it is created. */
  readonly edit?: (draft: Estate, guide: Guide) => void;
  /** The desired-state file. Default: the one that the guide's estate fulfils. */
  readonly file?: string;
  /** Another AWS than the embedded one, such as moto: its URL. */
  readonly endpoint?: string;
  readonly bundle?: string;
}

/** An AWS, a GitHub and a checked-out repository, between which the action runs. */
export interface Scene extends AsyncDisposable {
  readonly aws: EmbeddedAws;
  readonly github: EmbeddedGitHub;
  readonly guide: Guide;
  readonly workspace: string;
  /** URL of AWS: of the embedded one, or of the other one. */
  readonly endpoint: string;
  write(path: string, text: string): Promise<void>;
  /** A night on the default branch by default: event `schedule`, the guide's auditor role, the workflow user's key, a token that may write issues. */
  run(step?: Partial<Step>): Promise<StepResult>;
  /** The JSON report of the last run. */
  report(): Promise<unknown>;
}

export const DESIRED_STATE = '.github/assume-role.yml';

/** Runs a step of a workflow. */
type RunStep = (step: Step, aws: EmbeddedAws) => Promise<StepResult>;

/** @param runStep runs the action: the bundle in a process of its own, or what it is made from in this one */
export async function setScene(
  runStep: RunStep,
  { guide: guideOptions, edit = () => undefined, file, endpoint, bundle, ...options }: SceneOptions = {},
): Promise<Scene> {
  const [aws, github, workspace] = await Promise.all([startAws(options), startGitHub(), mkdtemp(join(tmpdir(), 'workspace-'))]);
  github.repository.visibility = 'private';
  const guide = guideEstate({ targets: 2, ...guideOptions });
  const url = endpoint ?? aws.url;
  const estate = withDrift(guide.estate, (draft) => edit(draft, guide));
  const seeded = await (endpoint === undefined ? seedEmbedded(aws, estate) : seedEstate(endpoint, estate));
  aws.organize(estate.organization);
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  };
  await write(DESIRED_STATE, file ?? guide.desiredYaml);
  const key = seeded.key(guide.hub, guide.workflowUser);
  const env = {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_ENDPOINT_URL: url,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.url,
  };
  // Two look-ups a second: runs with drift would take longer, and what they are about is elsewhere.
  const organization = estate.organization === undefined ? {} : { 'organization-role': guide.organizationRole };
  const inputs = { 'auditor-role': guide.auditorRole, 'github-token': FULL_TOKEN.value, attribution: 'off', ...organization };
  return {
    aws,
    github,
    guide,
    workspace,
    endpoint: url,
    write,
    run: (step = {}) => {
      const all = {
        workspace,
        event: 'schedule',
        payload: { repository: { default_branch: github.repository.defaultBranch } },
        ...(bundle === undefined ? {} : { bundle }),
        ...step,
        inputs: { ...inputs, ...step.inputs },
        env: { ...env, ...step.env },
      };
      return runStep(all, aws);
    },
    report: async () => JSON.parse(await readFile(join(workspace, 'assume-role-report.json'), 'utf8')),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([aws.close(), github.close(), rm(workspace, { recursive: true, force: true })]);
    },
  };
}
