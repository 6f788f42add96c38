import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { type Estate, roleIn, withDrift } from '../../dev/aws/estate.ts';
import { type Guide, guideEstate } from '../../dev/aws/guide.ts';
import { type AdminCall, adminClient, type Seeded, seedEmbedded } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { assumedBy, type SignedCall, type SigningKey, signedClient } from '../../dev/aws/signed-client.ts';
import { startGitHub } from '../../dev/github/server.ts';
import type { IamCall } from '../../src/plan/call.ts';
import { audit } from './audit.ts';
import { policy } from './pages.ts';

/** The roles that repair, with the policies of the documentation, on an estate that has drifted. */

export const BRANCH = { owner: 'acme', name: 'access' };
export const REPAIR = { ...BRANCH, environment: 'aws-repair' };

/** The documentation names the guide's policies; the estates that state every part have one more. */
export function attaching(text: string): string {
  return text
    .replaceAll(/("iam:PolicyARN": \[)/g, '$1 "arn:aws:iam::aws:policy/AmazonRoute53ReadOnlyAccess",')
    .replaceAll(/("Resource": \[)(\s*"arn:aws:iam::aws:policy\/Amazon)/g, '$1 "arn:aws:iam::*:policy/micetro-zones",$2');
}

export const HUB_POLICY = attaching(policy('hub-fixer-permissions'));
export const TARGET_POLICY = attaching(policy('target-fixer-permissions'));

export function guideOf({ stated }: Pick<Drift, 'stated'>): Guide {
  return guideEstate({
    targets: ['222222222222', '333333333333'],
    stated,
    fixer: true,
    externalId: 'drift-audit',
    repository: 'acme/access',
  });
}

/** The estate with its drift. Its auditors and fixers have the policies of the documentation; without `byToken` the trust in a key stays. */
export function drifted(guide: Guide, drift: Pick<Drift, 'edit'>, byToken: boolean): Estate {
  return withDrift(guide.estate, (draft) => {
    for (const tool of ['auditor', 'fixer'] as const) {
      const inHub = roleIn(draft, guide.hub, tool === 'auditor' ? 'DriftAuditor' : 'DriftFixer');
      if (byToken) inHub.trust = policy(`hub-${tool}-trust`);
      inHub.inlinePolicies = [{ name: 'drift', document: tool === 'auditor' ? policy('hub-auditor-permissions') : HUB_POLICY }];
      for (const account of guide.targets) {
        const inTarget = roleIn(draft, account, tool === 'auditor' ? 'AssumeRoleAuditor' : 'AssumeRoleFixer');
        inTarget.trust = policy(`target-${tool}-trust`);
        inTarget.inlinePolicies = [{ name: 'drift', document: tool === 'auditor' ? policy('target-auditor-permissions') : TARGET_POLICY }];
      }
    }
    drift.edit(driftScene(draft, guide, guide.targets[0] ?? ''));
  });
}

/** The calls that would repair a drift, as the action plans them: read by the auditor of the documentation. */
export async function planned(drift: Drift): Promise<readonly IamCall[]> {
  await using aws = await startAws();
  await using github = await startGitHub(BRANCH);
  const guide = guideOf(drift);
  await seedEmbedded(aws, drifted(guide, drift, true));
  drift.afterSeeding?.(aws, guide);
  const report = await audit({ AWS_ENDPOINT_URL: aws.url, ...github.oidcVariables }, guide.desiredYaml);
  return report.findings.flatMap(({ fix }) => fix.calls).map((call) => ({ ...call, action: iamAction(call.action) }));
}

function iamAction(action: string): IamCall['action'] {
  if (!action.startsWith('iam:')) throw new Error(`${action} is no call of IAM`);
  return `iam:${action.slice('iam:'.length)}`;
}

/** Makes the calls of a plan as the fixer of their account, and lets its policy be another one. */
export interface Fixer {
  /** AWS's error code, empty where the call was made. */
  make(call: IamCall): Promise<string>;
  /** Puts a policy in place of the documented one on the role that makes the calls in an account. */
  limit(account: string, document: string): Promise<void>;
}

/** A fixer on a server where an estate was laid out; `key`: the session of `DriftFixer`. */
export async function fixerOn(url: string, guide: Guide, hub: SigningKey): Promise<Fixer> {
  const inHub = signedClient(url, hub);
  const sessions = new Map<string, SignedCall>([[guide.hub, inHub]]);
  for (const account of guide.targets) {
    const role = `arn:aws:iam::${account}:role/AssumeRoleFixer`;
    sessions.set(account, signedClient(url, await assumedBy(inHub, role, { ExternalId: 'drift-audit' })));
  }
  return {
    make: async ({ account, action, input }) => {
      const session = sessions.get(account);
      if (session === undefined) throw new RangeError(`There is no fixer in ${account}`);
      const parameters = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, parameterOf(value)]));
      return (await session('iam', action.slice('iam:'.length), parameters)).code;
    },
    limit: async (account, PolicyDocument) => {
      const RoleName = account === guide.hub ? 'DriftFixer' : 'AssumeRoleFixer';
      await adminClient(url, account)('PutRolePolicy', { RoleName, PolicyName: 'drift', PolicyDocument });
    },
  };
}

type Parameter = Parameters<AdminCall>[1][string];

/** Of the inputs of IAM's calls, tags alone are no text, number or flag. */
function parameterOf(value: unknown): Parameter {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === undefined) return value;
  if (Array.isArray(value)) return value.map(parameterOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parameterOf(member)]));
  }
  throw new TypeError(`No parameter of IAM: ${JSON.stringify(value)}`);
}

/** The key of the user that stands in for the OIDC token where there is no provider. */
export function workflowKey(seeded: Seeded, guide: Guide): SigningKey {
  return seeded.key(guide.hub, guide.workflowUser);
}
