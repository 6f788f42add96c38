import { type DesiredOrErrors, formatFileError, parseDesired } from '../../src/desired/index.ts';
import { Policy } from '../../src/policy/index.ts';
import type { Desired } from '../../src/state/desired.ts';
import { isMapping } from '../../src/state/json.ts';

/** Desired-state files to parse, and what comes of them. */

export const PATH = '.github/assume-role.yml';

export const SMALL = `version: 1
hub:
  account: "111111111111"
  user: micetro
  group: micetro-targets
targets:
  - "222222222222"
  - "333333333333"
`;

/** Every key of the format, each with another value than its default. */
export const WHOLE = `version: 1
hub:
  account: "111111111111"
  partition: aws-us-gov
  user:
    name: micetro
    managedPolicies: { required: [IAMReadOnlyAccess], optional: [policy/team/dns] }
    inlinePolicies:
      own-keys: { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "iam:*AccessKey*", Resource: "arn:{partition}:iam::{hubAccount}:user/\${aws:username}" }] }
    accessKeys: { min: 0, max: 1, maxAgeDays: 90 }
    otherCredentials: true
    otherGroups: [billing, { name: "audit-{partition}", managedPolicies: { optional: [SecurityAudit] }, inlinePolicies: { list: { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "s3:List*", Resource: "arn:{partition}:s3:::{hubAccount}" }] } } }, { name: empty }]
    permissionsBoundary: policy/boundary
    consoleLogin: true
  groups:
    - name: micetro-targets
      members: [micetro, backup]
      managedPolicies: [job-function/ViewOnlyAccess]
      inlinePolicies:
        extra: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"arn:{partition}:iam::*:role/Admin"}}'
    - second
  grants:
    policyName: "go-{targetName}-{hubAccount}"
    layout: one-per-account
  otherCallers: [role/Admin, "role/aws-reserved/{partition}/Ops", "user/break-glass-{hubAccount}", anybody]
auditor: { roleName: "Audit-{partition}", externalId: "hub:{hubAccount}" }
fixer: { externalId: f-1, trustedBy: "arn:{partition}:iam::{hubAccount}:role/{targetName}-{account}" }
defaults:
  roleName: Micetro-{targetName}
  path: /micetro/
  trust: hub-user
  managedPolicies: [AmazonRoute53FullAccess]
  inlinePolicies:
    "dns-{account}": { Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "route53:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/{targetName}": "{roleName}" } } }] }
  permissionsBoundary: arn:{partition}:iam::{account}:policy/b
  maxSessionDuration: 7200
  description: "DNS of {targetName}"
  tags: { team: ddi, "for-{account}": "{roleName}" }
classes:
  test: { trust: { principals: [hub-user, "{hubAccount}"], externalId: "{targetName}" }, path: "/{roleName}/" }
targets:
  - account: "222222222222"
    name: prod
    owner: "@acme/{targetName}"
    group: second
  - account: "333333333333"
    name: test
    class: test
    roleName: Other
    path: /
    trust:
      Version: 2012-10-17
      Statement: [{ Effect: Allow, Principal: { AWS: "{hubAccount}" }, Action: sts:AssumeRole, Condition: { StringEquals: { sts:ExternalId: "{account}" } } }]
    managedPolicies: { optional: [AmazonEC2FullAccess] }
    inlinePolicies: {}
    permissionsBoundary: none
    maxSessionDuration: 3600
    description: ""
    tags: {}
organization: { include: [ou-ab12-11111111, r-ab12], exclude: ["444444444444", ou-ab12-22222222] }
exceptions:
  - rule: role-policy-extra
    account: "222222222222"
    resource: arn:{partition}:iam::{account}:role/{roleName}
    owner: "@acme/ddi"
    reason: until {targetName} has moved
    expires: 2027-01-31
  - { rule: grant-extra, roleName: "Micetro-{partition}", finding: "0ab1c2d3e4f50617", owner: "@acme/ddi", reason: legacy, expires: 2028-02-29 }
`;

/** The desired state of a file that has no errors. */
export function desiredOf(text: string): Desired {
  const parsed: DesiredOrErrors = parseDesired(text, { path: PATH });
  if ('errors' in parsed) throw new Error(parsed.errors.map(formatFileError).join('\n'));
  return parsed.desired;
}

/** The value with every policy in it as the file writes it. */
export function asWritten(value: unknown): unknown {
  if (value instanceof Policy) return value.source;
  if (Array.isArray(value)) return value.map(asWritten);
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asWritten(item)])) : value;
}

/** The errors of a file, each on one line, without the name of the file. */
export function errorsOf(input: string | Uint8Array): readonly string[] {
  const parsed: DesiredOrErrors = parseDesired(input, { path: PATH });
  if ('desired' in parsed) return [];
  return parsed.errors.map((error) => formatFileError(error).slice(PATH.length + 1));
}

/** The small file with its group, its targets or what follows them replaced. */
export function fileWith(parts: { readonly hub?: string; readonly targets?: readonly string[]; readonly rest?: string }): string {
  const hub = parts.hub ?? '  group: micetro-targets\n';
  const targets = (parts.targets ?? ['"222222222222"']).map((target) => `  - ${target}\n`).join('');
  return `version: 1\nhub:\n  account: "111111111111"\n  user: micetro\n${hub}targets:\n${targets}${parts.rest ?? ''}`;
}

/** Account ids from 200000000000 on. */
export function accounts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(200_000_000_000 + index));
}
