import { expect, test } from '@jest/globals';
import { changeEstate } from '../../dev/aws/change-estate.ts';
import { THROUGH } from '../../dev/aws/cloudtrail/actors.ts';
import { driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { type Estate, withDrift } from '../../dev/aws/estate.ts';
import { guideEstate } from '../../dev/aws/guide.ts';
import { readXml, textOf } from '../../dev/aws/protocol/read-xml.ts';
import { type EmbeddedAws, startAws } from '../../dev/aws/server.ts';

const NOTHING: Estate = { partition: 'aws', accounts: [] };
const anna = { who: { kind: 'user', name: 'anna' }, through: THROUGH.console } as const;
const founder = { who: { kind: 'root' }, through: THROUGH.console } as const;

/** What is in the accounts, in one order, with the document in force of each managed policy. */
function contentOf(aws: EmbeddedAws, { accounts }: Estate): unknown {
  return accounts.map(({ id, policies }) => {
    const account = aws.account(id);
    const documents = policies.map(({ name, path = '/' }) => {
      const PolicyArn = account.arn(`policy${path}${name}`);
      const VersionId = textOf(readXml(account.call('GetPolicy', { PolicyArn })), 'DefaultVersionId');
      return textOf(readXml(account.call('GetPolicyVersion', { PolicyArn, VersionId })), 'Document');
    });
    const content = JSON.stringify(account.content(), (key, value: unknown) =>
      /^(?:versions|defaultVersion)$/.test(key) ? undefined : value,
    );
    return [content.replace(/AIDA[A-Z0-9]{17}/g, 'AIDA'), documents];
  });
}

test.each([...HUB_DRIFTS, ...TARGET_DRIFTS].map((drift) => [drift.name, drift] as const))(
  'a change leads to what is created at once, and leaves its events: %s',
  async (_name, { edit, stated }) => {
    const guide = guideEstate({ targets: 1, stated });
    const drifted = withDrift(guide.estate, (draft) => edit(driftScene(draft, guide, '200000000001')));
    await using changed = await startAws();
    await using created = await startAws();
    await changeEstate(changed, NOTHING, guide.estate, founder);
    await changeEstate(changed, guide.estate, drifted, anna);
    await changeEstate(created, NOTHING, drifted, founder);
    expect(contentOf(changed, drifted)).toEqual(contentOf(created, drifted));
    const events = drifted.accounts.flatMap(({ id }) => changed.account(id).events());
    const isNothing = JSON.stringify(drifted) === JSON.stringify(guide.estate);
    expect(events.filter(({ userIdentity }) => userIdentity.userName === 'anna').length > 0).toBe(!isNothing);
    expect(events.filter(({ errorCode }) => errorCode !== undefined)).toEqual([]);
  },
);
