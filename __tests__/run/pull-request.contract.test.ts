import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { accountIn } from '../../dev/aws/estate.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { CONTENTS_TOKEN } from '../../dev/github/tokens.ts';
import { commit, openPull } from '../../dev/runner/pull-request.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { startProxy } from '../aws/proxy.ts';
import { describePlaces } from '../places.ts';
import { openInProcess } from './in-process.ts';
import { ACCOUNTS, BASE_FILE, HEAD_FILE, openReviewed as openAnyReviewed, partsOf, reportOf } from './pull-request-scene.ts';
import { HUB } from './target-cases.ts';

/** Pull requests: what the one comment says, who may write it, and that nothing else is written. */

const moto = await startMotoToRepeat();
afterAll(() => moto?.close(), 60_000);

const comments = ({ github }: Scene) => github.repository.comments;
const written = ({ github }: Scene) => github.calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** Every action that a pull request's run asked AWS for: it reads, and takes the roles that read. */
const READS = /^(?:Get|List|LookupEvents$)|^AssumeRole$|^AssumeRoleWithWebIdentity$/;

/** Every scene of a test: whatever it is about, AWS is asked for nothing but reads. (What moto was asked is recorded where moto is used.) */
const scenes: Scene[] = [];
afterEach(() => {
  const calls = scenes.splice(0).flatMap(({ aws }) => aws.calls.map(({ action }) => action));
  expect(calls.filter((action) => !READS.test(action))).toEqual([]);
});

async function open(options?: SceneOptions): Promise<Scene> {
  const scene = await openInProcess(options);
  scenes.push(scene);
  return scene;
}

async function openReviewed(endpoint?: string): Promise<Scene> {
  const scene = await openAnyReviewed(openInProcess, endpoint);
  scenes.push(scene);
  return scene;
}

async function review(endpoint?: string) {
  const actions: string[] = [];
  const scene = await openReviewed(endpoint);
  const proxy =
    endpoint === undefined
      ? undefined
      : await startProxy(endpoint, (action, xml) => {
          actions.push(action);
          return xml;
        });
  const { push, step } = openPull(scene, { base: BASE_FILE });
  const env = proxy === undefined ? {} : { AWS_ENDPOINT_URL: proxy.url };
  const run = async (head?: string) => {
    const given = step(head);
    scene.aws.calls.length = 0;
    const result = await scene.run({ ...given, env: { ...given.env, ...env } });
    actions.push(...scene.aws.calls.map(({ action }) => action));
    return result;
  };
  const close = async () => {
    await proxy?.[Symbol.asyncDispose]();
    await scene[Symbol.asyncDispose]();
  };
  return { scene, push, run, actions, close };
}

describePlaces(moto, (endpoint) => {
  test('each thing of a change in its part, once; the second run keeps the comment; an older head writes nothing', async () => {
    const { scene, push, run, actions, close } = await review(endpoint);
    const first = await run();
    expect([first.exitCode, first.annotations.filter(({ level }) => level === 'error')]).toEqual([0, []]);

    const report = await reportOf(scene);
    const told = (ids: readonly string[] = []) =>
      report.findings.filter(({ id }) => ids.includes(id)).map(({ rule, access, account }) => `${rule} ${access} ${account}`);
    const live = report.proposal?.live;
    expect(told(live?.causes)).toEqual([
      `role-policy-extra widened ${ACCOUNTS.dropped}`,
      `trust-changed narrowed ${ACCOUNTS.opened}`,
      `grant-missing narrowed ${ACCOUNTS.new}`,
      `grant-missing narrowed ${ACCOUNTS.alsoNew}`,
    ]);
    expect(live?.resolves.map(({ why, finding }) => `${why} ${finding.rule} ${finding.account}`)).toEqual([
      `desired role-policy-extra ${ACCOUNTS.known}`,
    ]);
    expect([told(live?.drifted), live?.unsure]).toEqual([[`trust-changed widened ${ACCOUNTS.drifted}`], []]);
    expect(report.proposal?.asked?.map(({ kind, where, accounts }) => `${kind} ${where} ${accounts.join()}`)).toEqual([
      `grants added ${ACCOUNTS.new},${ACCOUNTS.alsoNew}`,
      `grants targets ${ACCOUNTS.known}`,
      `widens targets ${ACCOUNTS.opened}`,
      `revokes targets ${ACCOUNTS.known},${ACCOUNTS.dropped}`,
      `revokes targets ${ACCOUNTS.dropped}`,
    ]);
    expect(report.plan).toMatchObject({ grants: 3, revocations: 2, refusal: null });
    expect(report.plan?.calls.map(({ action, account }) => `${action} ${account}`).toSorted()).toEqual([
      `iam:DetachRolePolicy ${ACCOUNTS.dropped}`,
      `iam:PutGroupPolicy ${HUB}`,
      `iam:PutGroupPolicy ${HUB}`,
      `iam:UpdateAssumeRolePolicy ${ACCOUNTS.drifted}`,
      `iam:UpdateAssumeRolePolicy ${ACCOUNTS.opened}`,
    ]);

    expect(comments(scene)).toHaveLength(1);
    const [comment] = comments(scene);
    const parts = partsOf(comment?.body ?? '');
    const part = (start: string) => [...parts].find(([title]) => title.startsWith(start))?.[1] ?? '';
    expect(part('head')).toContain('3 granted, 1 widened, 3 revoked');
    expect(part('Access that')).toMatch(
      /\*\*widens\*\* trust of role Micetro, from the hub user to the whole hub account in `200000000003`/,
    );
    const places = ['What this change causes', 'What this change resolves', 'What has already drifted', 'What a repair run'];
    const within = (account: string) => places.filter((place) => part(place).includes(account));
    expect(Object.fromEntries(Object.entries(ACCOUNTS).map(([name, account]) => [name, within(account)]))).toEqual({
      known: [places[1]],
      drifted: [places[2], places[3]],
      opened: [places[0], places[3]],
      dropped: [places[0], places[3]],
      new: [places[0], places[3]],
      alsoNew: [places[0], places[3]],
    });
    expect(first.summary).toContain('Access that this change requests');

    const body = comment?.body ?? '';
    await run();
    expect(comments(scene)).toHaveLength(1);
    expect(comments(scene)[0]?.id).toBe(comment?.id);

    // A push, the run for it, and then a run for the head before that took long.
    push(commit('2'));
    await scene.write('.github/assume-role.yml', BASE_FILE);
    await run();
    const newer = comments(scene)[0]?.body ?? '';
    expect(newer).not.toBe(body);
    expect(newer).toContain('2222222');
    await scene.write('.github/assume-role.yml', HEAD_FILE);
    const late = await run(commit('1'));
    expect([late.exitCode, comments(scene).map((one) => one.body)]).toEqual([0, [newer]]);
    expect(late.stdout).toContain('The comment was not updated');
    expect(late.summary).toContain('Access that this change requests');

    // Forced back to the older commit: now that one is the head, and a late run of the newer one is what is out of date.
    push(commit('1'));
    await run();
    const back = comments(scene)[0]?.body ?? '';
    expect([comments(scene).length, back.includes('1111111')]).toEqual([1, true]);
    await run(commit('2'));
    expect(comments(scene).map((one) => one.body)).toEqual([back]);

    expect(actions.filter((action) => !READS.test(action))).toEqual([]);
    expect(actions.length).toBeGreaterThan(6 * 30);
    expect(written(scene).filter((call) => !/^(?:POST|PATCH) .*\/comments/.test(call))).toEqual([]);
    expect(scene.github.repository.issues).toHaveLength(1);
    await close();
  }, 240_000);
});

describe('what is read', () => {
  test('nothing is asked for twice, whatever both files have', async () => {
    await using scene = await openReviewed();
    await scene.run(openPull(scene, { base: BASE_FILE }).step());
    const asked = scene.aws.calls.map(({ account, action, params }) => JSON.stringify([account, action, params]));
    expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([]);
  }, 60_000);

  test('a target that is gone from the file is read once more, and its grant is told as what is left', async () => {
    await using scene = await openReviewed();
    await scene.write('.github/assume-role.yml', BASE_FILE.replace(`  - "${ACCOUNTS.drifted}"\n`, ''));
    const result = await scene.run(openPull(scene, { base: BASE_FILE }).step());
    expect(result.exitCode).toBe(0);
    const { proposal } = await reportOf(scene);
    expect(proposal?.live?.resolves.map(({ why, finding }) => `${why} ${finding.rule}`)).toEqual(['unwatched trust-changed']);
    const [comment] = comments(scene);
    expect(comment?.body).toMatch(/\*\*revokes\*\* role Micetro in \*\*1 account no longer in the file\*\*/);
    expect(comment?.body).toMatch(/What this change causes[^#]*`grant-extra`/);
    expect(comment?.body).toContain('no longer compared');
  }, 60_000);

  test('a new target without an auditor role: a warning with advice, and nothing said of it', async () => {
    await using scene = await openReviewed();
    const lost = '200000000077';
    await scene.write('.github/assume-role.yml', `${HEAD_FILE}  - "${lost}"\n`);
    const result = await scene.run(openPull(scene, { base: BASE_FILE }).step());
    expect(result.exitCode).toBe(0);
    const warnings = result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings.some((message) => message.includes(lost) && message.includes('This target is new'))).toBe(true);
    const { proposal, findings } = await reportOf(scene);
    const of = (ids: readonly string[] = []) => findings.filter(({ id, account }) => ids.includes(id) && account === lost);
    expect([of(proposal?.live?.causes).length, of(proposal?.live?.drifted).length]).toEqual([0, 0]);
    expect(comments(scene)[0]?.body).toMatch(/Could not be read[^#]*200000000077[^#]*This target is new/);
  }, 60_000);

  test('a hub that could not be read fails the step', async () => {
    await using scene = await openReviewed();
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetGroup', account: HUB }]);
    const result = await scene.run(openPull(scene, { base: BASE_FILE }).step());
    expect(result.exitCode).toBe(1);
    expect((await reportOf(scene)).proposal?.live?.causes).toEqual(expect.not.arrayContaining([expect.stringMatching(/^$/)]));
  }, 60_000);
});

describe('the base', () => {
  test.each([
    ['is new', null, 'new', /new in this change/],
    ['is wrong', 'version: 2\n', 'invalid', /The file of the base has errors/],
    ['is of another hub', BASE_FILE.replace(HUB, '999999999999'), 'other-hub', /a different hub/],
  ] as const)(
    'the file %s',
    async (_name, base, status, says) => {
      await using scene = await openReviewed();
      const result = await scene.run(openPull(scene, { base }).step());
      expect(result.exitCode).toBe(0);
      const { proposal } = await reportOf(scene);
      expect(proposal?.base.status).toBe(status);
      expect(comments(scene)[0]?.body).toMatch(says);
      expect([proposal?.live?.drifted, proposal?.live?.resolves]).toEqual([[], []]);
      const known = status === 'new' ? proposal?.live?.causes : proposal?.live?.unsure;
      expect(known).toHaveLength(5);
    },
    60_000,
  );

  test('nobody can say how it was without a token for it', async () => {
    await using scene = await openReviewed();
    scene.github.faults.push({
      when: ({ path }) => path.includes('/contents/'),
      times: 9,
      answer: { status: 403, message: 'Resource not accessible by integration' },
    });
    const result = await scene.run(openPull(scene, { base: BASE_FILE }).step());
    expect([result.exitCode, (await reportOf(scene)).proposal?.base.status]).toEqual([0, 'unavailable']);
    expect(result.annotations.map(({ message }) => message).join('\n')).toContain('contents: read');
  }, 60_000);
});

describe('the comment', () => {
  test('nothing to say is said in a line', async () => {
    await using scene = await open();
    const result = await scene.run(openPull(scene, { base: scene.guide.desiredYaml }).step());
    expect(result.exitCode).toBe(0);
    const visible = (comments(scene)[0]?.body ?? '').replace(/<!--.*?-->\n/g, '').trimEnd();
    expect(visible).toMatch(/^✅ \*\*This change requests no other access.*3 of 3 accounts read\.[^\n]*$/);
  }, 60_000);

  test('two runs at once leave one', async () => {
    await using scene = await openReviewed();
    const { step } = openPull(scene, { base: BASE_FILE });
    await Promise.all([scene.run(step()), scene.run({ ...step(), inputs: { 'report-path': 'other.json' } })]);
    expect(comments(scene)).toHaveLength(1);
    await scene.run(step());
    expect(comments(scene)).toHaveLength(1);
  }, 90_000);

  test('without permission: one warning, the summary has it all, and the step succeeds', async () => {
    await using scene = await openReviewed();
    const result = await scene.run({ ...openPull(scene, { base: BASE_FILE }).step(), inputs: { 'github-token': CONTENTS_TOKEN.value } });
    expect([result.exitCode, comments(scene)]).toEqual([0, []]);
    const about = result.annotations.filter(({ message }) => message.includes('The comment could not be written'));
    expect(about.map(({ level, message }) => [level, message.includes('pull-requests: write')])).toEqual([['warning', true]]);
    expect(result.summary).toContain('What this change causes');
  }, 60_000);

  test('none where nobody wants one', async () => {
    await using scene = await openReviewed();
    await scene.run({ ...openPull(scene, { base: BASE_FILE }).step(), inputs: { comment: 'false' } });
    expect(written(scene)).toEqual([]);
  }, 60_000);

  test('in a public repository no account is told', async () => {
    await using scene = await openReviewed();
    scene.github.repository.visibility = 'public';
    await scene.run(openPull(scene, { base: BASE_FILE }).step());
    expect(comments(scene)[0]?.body).toMatch(/…0003/);
    expect(comments(scene)[0]?.body.replace(/[\da-f]{40}/g, '')).not.toMatch(/\d{12}/);
  }, 60_000);
});

describe('from a fork', () => {
  test('a valid file: the access part, no call to AWS, one warning for the comment', async () => {
    await using scene = await openReviewed();
    const result = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
    expect([result.exitCode, scene.aws.calls, written(scene).length]).toEqual([0, [], 1]);
    expect(scene.github.calls.find(({ method }) => method !== 'GET')?.status).toBe(403);
    const warnings = result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/The comment could not be written.*forks/)]);
    expect(result.summary).toMatch(/It requests: 3 granted, 1 widened, 3 revoked/);
    expect(result.summary).toMatch(/from the hub user to the whole hub account/);
    expect((await reportOf(scene)).proposal?.live).toBeNull();
  }, 60_000);

  test('a wrong file: failure, each error on its line, no call to AWS', async () => {
    await using scene = await openReviewed();
    await scene.write(
      '.github/assume-role.yml',
      HEAD_FILE.replace('trust', 'trusts').replace('micetro-targets', '"a b"').replace('targets:\n', 'targets:\n  - 1234\n'),
    );
    const result = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
    expect([result.exitCode, scene.aws.calls]).toEqual([1, []]);
    const lines = result.annotations
      .filter(({ level, properties }) => level === 'error' && properties.includes('file='))
      .map(({ properties }) => /line=(\d+)/.exec(properties)?.[1]);
    expect(lines).toEqual(['5', '7']);
    expect(result.annotations.map(({ message }) => message).join()).not.toContain('could not be read');
    expect(result.summary).toContain('Errors');
    expect(result.summary).toContain('not compared with `bbbbbbb`');
    // Nothing of AWS was tried, so nothing of it is said.
    const warnings = result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/The comment could not be written/)]);
  }, 60_000);

  test('what its file says is shown escaped, and can mention nobody', async () => {
    await using scene = await openReviewed();
    const hostile = '@acme/all <img src=x onerror=alert(1)> ::error::x `![x](http://e.vil)` <!-- -->';
    const exceptions = `exceptions:\n  - { rule: role-policy-extra, owner: ${JSON.stringify(hostile)}, reason: ${JSON.stringify(hostile)}, expires: 2999-01-31 }\n`;
    await scene.write('.github/assume-role.yml', HEAD_FILE + exceptions);
    const result = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
    expect(result.exitCode).toBe(0);
    expect(result.summary).toContain('**accepts**');
    expect(result.summary.replace(/`[^`]*`/g, '')).not.toMatch(/@acme|<img|http:\/\/e\.vil/);
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  }, 60_000);

  test('files that are made to take long are bounded', async () => {
    await using scene = await openReviewed();
    const stars = (seed: number) => Array.from({ length: 60 }, (_, index) => `s3:*${'ab'.repeat(seed % 5)}*${index}*c*${seed}*`);
    const policy = (seed: number) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: stars(seed), Resource: '*' },
          { Effect: 'Deny', NotAction: stars(seed + 1), Resource: '*' },
        ],
      });
    const targets = (seed: number) =>
      Array.from(
        { length: 100 },
        (_, index) => `  - { account: "${300_000_000_000 + index}", inlinePolicies: { a: ${policy(index * 7 + seed)} } }\n`,
      ).join('');
    const [before] = BASE_FILE.split('targets:\n');
    await scene.write('.github/assume-role.yml', `${before}targets:\n${targets(1)}`);
    const result = await scene.run(openPull(scene, { base: `${before}targets:\n${targets(3)}`, fork: true }).step());
    // So many grants do not fit the one group, either.
    expect([result.exitCode, scene.aws.calls]).toEqual([1, []]);
    expect(result.summary).toContain('too large to compare');
  }, 300_000);
});

describe('safety', () => {
  test.each([
    ['pull_request', { fix: 'true' }, /fix: true is not allowed on pull_request/],
    ['pull_request_target', {}, /does not run on pull_request_target/],
  ] as const)(
    '%s with %j is an error before any call',
    async (event, inputs, says) => {
      await using scene = await openReviewed();
      const result = await scene.run({ ...openPull(scene, { base: BASE_FILE }).step(), event, inputs });
      expect([result.exitCode, scene.aws.calls, scene.github.calls]).toEqual([1, [], []]);
      expect(result.annotations.map(({ message }) => message).join('\n')).toMatch(says);
    },
    60_000,
  );

  test('the fixer role is never taken', async () => {
    await using scene = await openReviewed();
    await scene.run({ ...openPull(scene, { base: BASE_FILE }).step(), inputs: { 'fixer-role': scene.guide.fixerRole } });
    expect(scene.aws.calls.filter(({ params }) => params.RoleArn?.includes('Fixer'))).toEqual([]);
    expect(scene.aws.calls.filter(({ action }) => !READS.test(action))).toEqual([]);
  }, 60_000);

  test('a plan that max-revocations would refuse is a warning', async () => {
    await using scene = await openReviewed();
    const result = await scene.run({ ...openPull(scene, { base: BASE_FILE }).step(), inputs: { 'max-revocations': '1' } });
    expect(result.exitCode).toBe(0);
    const warnings = result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message);
    expect(warnings.some((message) => /A repair run would be refused after the merge.*max-revocations/.test(message))).toBe(true);
    expect(comments(scene)[0]?.body).toContain('It would make none of these calls');
  }, 60_000);

  test('more grants than fit the group fail the step', async () => {
    await using scene = await openReviewed();
    const many = Array.from({ length: 60 }, (_, index) => `  - "${300_000_000_000 + index}"\n`).join('');
    await scene.write('.github/assume-role.yml', HEAD_FILE + many);
    const result = await scene.run(openPull(scene, { base: BASE_FILE, fork: true }).step());
    expect(result.exitCode).toBe(1);
    expect(result.summary).toMatch(/quota-exceeded/);
  }, 60_000);
});

test('400 targets added at once: the comment is within the limit, and its numbers are right', async () => {
  await using scene = await open({
    guide: { targets: 400 },
    edit: (draft, guide) => {
      for (const group of accountIn(draft, guide.hub).groups) group.inlinePolicies = [];
    },
  });
  const base = scene.guide.desiredYaml.replace(/targets:\n[\s\S]*/, 'targets: []\n');
  const result = await scene.run(openPull(scene, { base }).step());
  expect(result.exitCode).toBe(0);
  const body = comments(scene)[0]?.body ?? '';
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain('400 granted');
  expect(body).toMatch(/in \*\*400 new accounts\*\*/);
  expect(body).toMatch(/it causes 400 findings \(400 narrowed\)/);
  expect(body).toContain('401 of 401 accounts read');
  const { plan } = await reportOf(scene);
  expect(body).toContain(
    `${plan?.calls.length.toLocaleString('en-US')} calls in 1 account; roles that gain access: ${plan?.grants} of at most 20`,
  );
  expect(body.match(/<details>/g)?.length ?? 0).toBe(body.match(/<\/details>/g)?.length ?? 0);
}, 300_000);
