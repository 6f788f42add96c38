import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import { DESIRED_STATE } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { reportOf } from './repairing.ts';

/** A name in the file that is a typing error does not read as an incident: the finding suggests what is live. */

const HUB = '111111111111';

interface Case {
  readonly of: string;
  /** From the guide's file to the mistyped one. */
  readonly typed: readonly [string, string];
  readonly finds: string;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    of: 'hub.user',
    typed: ['user: micetro', 'user: micetr0'],
    finds: 'hub-user-missing',
    says: /^The hub user micetr0 does not exist\. A hub group has the member micetro\. .*correct hub\.user\.$/,
  },
  {
    of: 'hub.group',
    typed: ['group: micetro-targets', 'group: micetro-target'],
    finds: 'hub-group-missing',
    says: /^The hub group micetro-target does not exist, .* member of the group micetro-targets\. .*correct hub\.group in the file\.$/,
  },
  {
    of: 'roleName',
    typed: ['targets:\n', 'defaults: { roleName: Mictro }\ntargets:\n'],
    finds: 'role-missing',
    says: /^The role Mictro does not exist in \d+\. The hub user's grants name the role Micetro of that account\. .*roleName of the target\.$/,
  },
];

describe('a typing error', () => {
  test.each(CASES.map((one) => [one.of, one] as const))(
    'in %s: what is live is suggested, wherever people look',
    async (_of, { typed: [right, wrong], finds, says }) => {
      await using scene = await openInProcess();
      expect(scene.guide.desiredYaml).toContain(right);
      await scene.write(DESIRED_STATE, scene.guide.desiredYaml.replace(right, wrong));
      const { summary, stdout } = await scene.run();
      const report = await reportOf(scene);
      expect(report.errors).toEqual([]);
      const found = report.findings.filter(({ rule }) => rule === finds);
      expect(found.length).toBeGreaterThan(0);
      for (const { message } of found) expect(message).toMatch(says);
      for (const text of [summary, stdout, scene.github.repository.issues[0]?.body])
        expect(text?.replaceAll('\\', '')).toContain(found[0]?.message.split('. ')[1]);
    },
    60_000,
  );
});

test('the suggested name is somebody’s text: it mentions nobody and formats nothing', async () => {
  const rename = (draft: Estate, { user }: Guide) => {
    const real = accountIn(draft, HUB).users.find(({ name }) => name === user);
    if (real !== undefined) real.name = '@octocat_x_';
    groupIn(draft, HUB, 'micetro-targets').members = ['@octocat_x_'];
  };
  await using scene = await openInProcess({ edit: rename });
  const { summary } = await scene.run();
  const { findings } = await reportOf(scene);
  expect(findings.find(({ rule }) => rule === 'hub-user-missing')?.message).toContain('A hub group has the member @octocat_x_.');
  for (const text of [summary, scene.github.repository.issues[0]?.body ?? '']) {
    expect(text).toContain('@octocat_x_');
    expect(text.replaceAll(CODE, '')).not.toContain('octocat');
  }
}, 60_000);

/** GitHub takes nothing in code for a mention or for a format. */
const CODE = /```[\s\S]*?```|`[^`\n]+`|<code>.*?<\/code>/g;
