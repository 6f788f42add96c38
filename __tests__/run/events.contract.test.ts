import { afterAll, describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { mergeGroupStep } from '../../dev/runner/merge-group.ts';
import { commit, openPull } from '../../dev/runner/pull-request.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { StepResult } from '../../dev/runner/step.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { describePlaces } from '../places.ts';
import { openInProcess } from './in-process.ts';
import { BASE_FILE, openReviewed, reportOf } from './pull-request-scene.ts';
import { repair, rollback, written } from './repairing.ts';
import { HUB, trust } from './target-cases.ts';

/** What a run does on which event and ref: what it reads, writes and publishes. */

const ONE = '200000000001';
const TOPIC = { GITHUB_REF: 'refs/heads/topic' };
const excepted = (id: string) =>
  `exceptions:\n  - { rule: trust-changed, account: "${ONE}", finding: "${id}", owner: eve, reason: mine, expires: 2999-01-31 }\n`;

function openTrust(draft: Estate): void {
  roleIn(draft, ONE, 'Micetro').trust = trust({ AWS: '*' });
}

const open = (): Promise<Scene> => openInProcess({ guide: { fixer: true }, edit: openTrust });

/** What the action wrote to GitHub. */
const published = ({ github }: Scene) =>
  github.calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const messages = ({ annotations }: StepResult, level: string) =>
  annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);

const moto = await startMotoToRepeat();
afterAll(() => moto?.close(), 60_000);

describePlaces(moto, (endpoint) => {
  test('a file on another ref that excepts the drift leaves the issue as it is; on the branch it closes it', async () => {
    await using scene = await openInProcess({ edit: openTrust, ...(endpoint === undefined ? {} : { endpoint }) });
    const { issues } = scene.github.repository;
    const states = () => issues.map(({ state }) => state);
    for (const event of ['push', 'workflow_dispatch', 'repository_dispatch']) {
      await scene.write('.github/assume-role.yml', scene.guide.desiredYaml);
      await scene.run();
      expect(states()).toEqual(['open']);
      const before = { body: issues[0]?.body, published: published(scene) };

      const id = reportSchema.parse(await scene.report()).findings[0]?.id ?? '';
      await scene.write('.github/assume-role.yml', `${scene.guide.desiredYaml}\n${excepted(id)}`);
      const result = await scene.run({ event, env: TOPIC });
      expect([result.exitCode, result.outputs.get('drift-count'), result.outputs.get('issue-number')]).toEqual([0, '0', undefined]);
      expect([states(), { body: issues[0]?.body, published: published(scene) }]).toEqual([['open'], before]);

      await scene.run({ event });
      expect(states()).toEqual(['closed']);
    }
  }, 180_000);
});

describe('a run on another ref than the branch', () => {
  test('drift is its plan: reported and put out, but no failure, no error, and nothing published', async () => {
    await using scene = await open();
    const result = await scene.run({ event: 'push', env: TOPIC });
    expect([result.exitCode, messages(result, 'error'), published(scene)]).toEqual([0, [], []]);
    expect([result.outputs.get('drift'), result.outputs.get('widened-count')]).toEqual(['true', '1']);
    expect(result.summary.replaceAll('\\', '')).toMatch(/This run is a proposal: this run is on .*refs\/heads\/topic.*on branch .*main/);
    const { run, findings } = await reportOf(scene);
    expect([run.proposal, findings.map(({ rule }) => rule)]).toEqual([true, ['trust-changed']]);
  }, 60_000);

  test('what fails it: a hub that can’t be read, a wrong file, more grants than fit; a target that can’t be read is a warning', async () => {
    await using scene = await open();
    const step = { event: 'push', env: TOPIC };
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetRole', account: ONE }]);
    const target = await scene.run(step);
    expect([target.exitCode, target.outputs.get('unreadable-count')]).toEqual([0, '1']);
    expect(messages(target, 'warning').join('\n')).toMatch(/1 of 3 accounts could not be read completely/);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetGroup', account: HUB }]);
    expect((await scene.run(step)).exitCode).toBe(1);
    scene.aws.faults.set([]);
    const many = Array.from({ length: 60 }, (_, index) => `  - "${300_000_000_000 + index}"\n`).join('');
    await scene.write('.github/assume-role.yml', `${BASE_FILE}${many}`);
    expect((await scene.run({ ...step, inputs: { mode: 'validate' } })).exitCode).toBe(1);
    await scene.write('.github/assume-role.yml', 'version: 2\n');
    expect((await scene.run(step)).exitCode).toBe(1);
  }, 90_000);

  test.each(['workflow_dispatch'])(
    'repair and rollback on %s: an error before any call to AWS that names both; on the branch they run',
    async (event) => {
      await using scene = await open();
      for (const result of [await repair(scene, { event, env: TOPIC }), await rollback(scene, { event, env: TOPIC })]) {
        expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([1, [], []]);
        expect(messages(result, 'error')[0]).toMatch(
          /is not allowed: this run is on "refs\/heads\/topic".*branch "main"\. Run the job on that branch/,
        );
      }
      expect((await repair(scene, { event })).exitCode).toBe(0);
      expect(written(scene)).toEqual([`UpdateAssumeRolePolicy ${ONE}`]);
      expect((await rollback(scene, { event })).exitCode).toBe(0);
    },
    120_000,
  );

  test('another branch may be the agreed one: the input branch', async () => {
    await using scene = await open();
    const inputs = { branch: 'topic' };
    expect((await scene.run({ event: 'push', inputs })).exitCode).toBe(0);
    expect(published(scene)).toEqual([]);
    expect((await repair(scene, { event: 'push', inputs })).exitCode).toBe(1);
    expect(written(scene)).toEqual([]);
    expect((await scene.run({ event: 'push', env: TOPIC, inputs })).exitCode).toBe(1);
    expect(scene.github.repository.issues).toHaveLength(1);
    expect((await repair(scene, { event: 'push', env: TOPIC, inputs })).exitCode).toBe(0);
    expect(written(scene)).toEqual([`UpdateAssumeRolePolicy ${ONE}`]);
  }, 120_000);

  test.each([{ fix: 'true' }])(
    'a schedule there is an error: %j',
    async (inputs) => {
      await using scene = await open();
      const result = await scene.run({ env: TOPIC, inputs });
      expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([1, [], []]);
      expect(messages(result, 'error')[0]).toMatch(
        /"refs\/heads\/topic".*branch "main"\. GitHub runs schedules only on the default branch/,
      );
    },
    60_000,
  );
});

describe('the default branch', () => {
  const asked = ({ github }: Scene) => github.calls.filter(({ path }) => path === '/repos/acme/access').length;

  test('is asked for where the payload does not say it, together with the visibility', async () => {
    await using scene = await open();
    scene.github.repository.defaultBranch = 'trunk';
    const night = { payload: { schedule: '17 4 * * *' } };
    const other = await scene.run(night);
    expect([other.exitCode, scene.aws.calls, asked(scene)]).toEqual([1, [], 1]);
    expect(messages(other, 'error')[0]).toContain('branch "trunk"');
    expect((await scene.run({ ...night, env: { GITHUB_REF: 'refs/heads/trunk' } })).exitCode).toBe(1);
    expect([asked(scene), scene.github.repository.issues.length]).toEqual([2, 1]);
  }, 60_000);

  test('is not asked for where the payload says it, or the input', async () => {
    await using scene = await open();
    const inputs = { 'mask-accounts': 'false' };
    await scene.run({ inputs });
    await scene.run({ inputs: { ...inputs, branch: 'main' }, payload: {} });
    expect([asked(scene), scene.github.repository.issues.length]).toEqual([0, 1]);
  }, 60_000);

  test.each([
    ['GitHub refuses to say it', (scene: Scene) => refuseRepository(scene), /GitHub responded with 403/],
    ['there is no token', () => ({ 'github-token': '' }), /github-token is empty/],
  ] as const)(
    'not known, as %s: a repair is an error; an audit fails for its drift and leaves the issue, with a warning that says why',
    async (_name, prepare, why) => {
      await using scene = await open();
      const inputs = prepare(scene);
      for (const result of [await repair(scene, { payload: {}, inputs }), await rollback(scene, { payload: {}, inputs })]) {
        expect([result.exitCode, scene.aws.calls]).toEqual([1, []]);
        const [error] = messages(result, 'error');
        expect(error).toMatch(/is not allowed: the default branch of the repository is unknown\..*Set the input branch\.$/s);
        expect(error).toMatch(why);
      }
      const audit = await scene.run({ payload: {}, inputs });
      expect([audit.exitCode, audit.outputs.get('drift'), published(scene)]).toEqual([1, 'true', []]);
      expect(messages(audit, 'warning').join('\n')).toMatch(why);
      // The input says it as well.
      expect((await repair(scene, { payload: {}, inputs: { ...inputs, branch: 'main', issue: 'never' } })).exitCode).toBe(0);
    },
    120_000,
  );
});

function refuseRepository({ github }: Scene): Readonly<Record<string, string>> {
  const answer = { status: 403, message: 'Resource not accessible by integration' };
  github.faults.push({ when: ({ path }) => path === '/repos/acme/access', times: 99, answer });
  return {};
}

describe('a merge queue', () => {
  test.each([{ mode: 'rollback', 'repair-report': 'r.json' }])(
    'with %j: an error, and no call to AWS',
    async (inputs) => {
      await using scene = await open();
      const result = await scene.run({
        ...mergeGroupStep(scene, scene.guide.desiredYaml),
        inputs: { 'fixer-role': scene.guide.fixerRole, ...inputs },
      });
      expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([1, [], []]);
      expect(messages(result, 'error')[0]).toMatch(/is not allowed on merge_group/);
    },
    60_000,
  );

  test('the file is checked and compared with the base’s, shown as for a pull request without credentials; nothing is read or published', async () => {
    await using scene = await openReviewed(openInProcess);
    const pull = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
    const before = published(scene).length;
    const result = await scene.run({ ...mergeGroupStep(scene, BASE_FILE), inputs: { issue: 'always' } });
    expect([result.exitCode, scene.aws.calls, published(scene).length]).toEqual([0, [], before]);
    expect(result.summary).toContain('Access that this change requests');
    // The lines of the file are linked in the commit that was checked out: there, a trial merge.
    expect(result.summary).toBe(pull.summary.replaceAll(commit('d'), commit('1')));
    expect(messages(result, 'warning')).toEqual(['The issue was not updated: on merge_group the desired-state file is a proposal.']);
    const { proposal, run } = await reportOf(scene);
    expect([proposal?.pullRequest, proposal?.asked?.length, proposal?.live, run.proposal]).toEqual([null, 5, null, true]);
  }, 60_000);

  test('a wrong file fails it', async () => {
    await using scene = await openReviewed(openInProcess);
    await scene.write('.github/assume-role.yml', BASE_FILE.replace('version: 1', 'version: 2'));
    const result = await scene.run(mergeGroupStep(scene, BASE_FILE));
    expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([1, [], []]);
  }, 60_000);

  test('without its commits in the payload the file alone is checked', async () => {
    await using scene = await open();
    const result = await scene.run({ event: 'merge_group', payload: {}, env: { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/x' } });
    expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([0, [], []]);
  }, 60_000);
});

describe('a review of a pull request', () => {
  test('is read as the pull request is, and published in the summary alone', async () => {
    await using scene = await openReviewed(openInProcess);
    const { step } = openPull(scene, { base: BASE_FILE });
    const result = await scene.run({ ...step(), event: 'pull_request_review', inputs: { issue: 'always' } });
    expect([result.exitCode, published(scene), messages(result, 'error')]).toEqual([0, [], []]);
    expect(result.summary).toContain('What this change causes');
    expect(messages(result, 'warning')).toContain(
      'The issue was not updated: on pull_request_review the desired-state file is a proposal.',
    );
  }, 60_000);

  test('from a fork it reads nothing', async () => {
    await using scene = await openReviewed(openInProcess);
    const result = await scene.run({ ...openPull(scene, { base: BASE_FILE, fork: true }).step(), event: 'pull_request_review' });
    expect([result.exitCode, scene.aws.calls, published(scene)]).toEqual([0, [], []]);
    expect(result.summary).toContain('Access that this change requests');
  }, 60_000);
});

describe('any other event', () => {
  test.each([
    ['workflow_run', 'refs/heads/main', 1],
    ['issue_comment', 'refs/tags/v1', 0],
  ] as const)(
    '%s on %s reads and reports; it never writes, and keeps no issue',
    async (event, ref, exitCode) => {
      await using scene = await open();
      const env = { GITHUB_REF: ref };
      const result = await scene.run({ event, env, inputs: { issue: 'always' } });
      expect([result.exitCode, result.outputs.get('drift'), published(scene)]).toEqual([exitCode, 'true', []]);
      expect(messages(result, 'warning').filter((message) => message.startsWith('The issue was not updated: '))).toHaveLength(1);

      scene.aws.calls.length = 0;
      for (const refused of [await repair(scene, { event, env }), await rollback(scene, { event, env })]) {
        expect([refused.exitCode, scene.aws.calls]).toEqual([1, []]);
        expect(messages(refused, 'error')[0]).toContain(`is not allowed on ${event}: only runs on schedule, workflow_dispatch, push`);
      }
    },
    90_000,
  );
});
