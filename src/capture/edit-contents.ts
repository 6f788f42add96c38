import { expandText } from '../desired/placeholders.ts';
import { isOfAws, policyArn, policyReference } from '../iam/managed-policy.ts';
import type { Policy } from '../policy/index.ts';
import { isMapping } from '../state/json.ts';
import type { State } from '../state/state.ts';
import { findPolicy, rolesOf, usablePolicies, usersInHub } from '../state/used-policies.ts';
import { grouped } from '../text/grouped.ts';
import type { DesiredDocument } from './desired-document.ts';
import { mostUsual } from './most-usual.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { documentContent } from './role-content.ts';
import { contentId, forAnyAccount } from './with-placeholders.ts';

/**
 * Edits the file to state what the managed policies say that it names: versions of AWS's, documents of customers'. A document that more accounts have than the
 * present one becomes that of the policy's name, and the other accounts state theirs by its ARN. What already states it is left as it is written.
 */
export function editContents(document: DesiredDocument, request: CaptureRequest): void {
  for (const { arn, version } of unstatedVersions(document, request))
    document.set(['policies', keyOf(document, arn, request.live)], version);
  const documents = liveDocuments(document, request);
  for (const [reference, alike] of grouped(documents, (one) => one.reference)) {
    const unstated = alike.filter(({ isStated }) => !isStated);
    const contents = unstated.map(({ content }) => content);
    const usual = mostUsual(contents.map(contentId));
    const path = ['policies', reference];
    if (usual === undefined || (document.has(path) && usual.count <= alike.length - unstated.length)) continue;
    document.set(
      path,
      contents.find((content) => contentId(content) === usual.text),
    );
  }
  for (const { arn, content, isStated } of liveDocuments(document, request)) {
    if (!isStated) document.set(['policies', keyOf(document, arn, request.live, arn)], content);
  }
}

/** AWS's policies in use whose version the file does not state, or whose default version says something else. */
function unstatedVersions(
  document: DesiredDocument,
  request: CaptureRequest,
): readonly { readonly arn: string; readonly version: string }[] {
  const { live } = request;
  const { used, isStated } = statedIn(document, request);
  return (live.hub.policies ?? []).flatMap(({ arn, content }) => {
    const version = content?.version;
    return isOfAws(arn) && version !== undefined && used.has(arn) && !isStated(arn) ? [{ arn, version }] : [];
  });
}

interface LiveDocument {
  readonly arn: string;
  readonly account: string;
  readonly reference: string;
  /** For any account. */
  readonly content: unknown;
  /** The file says what it says already. */
  readonly isStated: boolean;
}

/** Customers' policies in use, as far as the file has words for what they say. */
function liveDocuments(document: DesiredDocument, request: CaptureRequest): readonly LiveDocument[] {
  const { live, comparer } = request;
  const { used, isStated } = statedIn(document, request);
  const owners = [{ account: live.hub.account, policies: live.hub.policies }, ...live.accounts];
  const one = (account: string, arn: string, policy: Policy | undefined): LiveDocument[] => {
    const content = policy && documentContent(policy, comparer);
    if (isOfAws(arn) || content === undefined || !used.has(arn)) return [];
    const general = forAnyAccount(content, { account, hubAccount: live.hub.account }, 'other');
    return [{ arn, account, reference: policyReference(arn, live.partition, account), content: general, isStated: isStated(arn) }];
  };
  return owners.flatMap(({ account, policies = [] }) => policies.flatMap(({ arn, content }) => one(account, arn, content?.document)));
}

/** Which policies the file names by now, and of which it says what is live. */
function statedIn(
  document: DesiredDocument,
  request: CaptureRequest,
): { readonly used: ReadonlySet<string>; readonly isStated: (arn: string) => boolean } {
  const { desired, findings } = driftOf(document, request);
  const differing = new Set(
    findings.flatMap(({ difference }) =>
      difference.kind === 'policy-content' || difference.kind === 'aws-policy-content' ? [difference.of.arn] : [],
    ),
  );
  const { hub, targets } = desired.state;
  return {
    used: new Set([...usersInHub(hub), ...rolesOf(targets)].flatMap(usablePolicies)),
    isStated: (arn) => findPolicy(desired.state, arn) !== undefined && !differing.has(arn),
  };
}

/** The key under which the file states a policy, or is to: the one by its ARN goes before the one by its name. */
function keyOf(document: DesiredDocument, arn: string, { partition, hub }: State, otherwise?: string): string {
  const [, , , , owner = ''] = arn.split(':');
  const account = isOfAws(arn) ? hub.account : owner;
  const values = new Map([
    ['partition', partition],
    ['hubAccount', hub.account],
    ['account', account],
  ]);
  const stated = document.value(['policies']);
  const names = isMapping(stated) ? Object.keys(stated) : [];
  const fitting = names.filter((name) => policyArn(expandText(name, values), partition, account) === arn);
  const byArn = fitting.find((name) => name.startsWith('arn:'));
  return byArn ?? otherwise ?? fitting[0] ?? policyReference(arn, partition, account);
}
