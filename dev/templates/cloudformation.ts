import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from '../permissions/calls.ts';
import { GUARDED } from '../permissions/policy.ts';

/** The statements of a policy as CloudFormation YAML: those of `policyOf`, with the template's parameters in the place of names. */
export function cloudFormationStatements(tool: Tool, place: Place): string[] {
  return callsOf(tool, place).flatMap((group) => {
    const statement = [
      `- Sid: ${group.sid}`,
      '  Effect: Allow',
      ...actions(Object.keys(group.calls)),
      ...indented(1, resource(group.on, tool)),
      ...indented(1, condition(group)),
    ];
    if (group.optional === undefined) return statement;
    return ['- !If', `  - ${OPTIONAL[group.optional]}`, ...indented(1, statement), '  - !Ref AWS::NoValue'];
  });
}

/** The conditions of the templates that leave a statement out. */
const OPTIONAL: Readonly<Record<NonNullable<CallGroup['optional']>, string>> = {
  'event-lookup': 'LooksUpEvents',
  organization: 'HasOrganizationRole',
};

/** The statements of `boundaryGuard`, if the stack is given a boundary. */
export function cloudFormationGuard(): string[] {
  const deny = (sid: string, names: readonly string[], more: readonly string[]) => [
    '- !If',
    '  - HasRequiredBoundary',
    `  - Sid: ${sid}`,
    ...indented(1, ['  Effect: Deny', ...actions(names), ...indented(1, [...resource('role', 'fixer'), ...more])]),
    '  - !Ref AWS::NoValue',
  ];
  const otherwise = ['Condition:', '  StringNotEquals:', '    iam:PermissionsBoundary: !Ref RequiredBoundaryArn'];
  return [...deny(GUARDED.sid, GUARDED.actions, otherwise), ...deny(GUARDED.never.sid, [GUARDED.never.action], [])];
}

const ACCOUNT = `\${AWS::Partition}:iam::\${AWS::AccountId}`;

function resource(on: Resource, tool: Tool): string[] {
  switch (on) {
    case 'user':
      return [`Resource: !Sub arn:${ACCOUNT}:user/\${UserName}`];
    case 'groups':
      return [
        'Resource: !If',
        '  - HasMoreGroups',
        '  - !Split',
        '    - ","',
        '    - !Sub',
        `      - arn:${ACCOUNT}:group/\${GroupName},\${More}`,
        '      - More: !Join [",", !Ref MoreGroupArns]',
        `  - !Sub arn:${ACCOUNT}:group/\${GroupName}`,
      ];
    case 'any-group':
      return [`Resource: !Sub arn:${ACCOUNT}:group/*`];
    case 'managed-policies':
      return ['Resource:', `  - !Sub arn:\${AWS::Partition}:iam::aws:policy/*`, `  - !Sub arn:${ACCOUNT}:policy/*`];
    case 'all':
      return ['Resource: "*"'];
    case 'target-tool-role':
      return [
        `Resource: !Sub arn:\${AWS::Partition}:iam::*:role/\${${tool === 'auditor' ? 'TargetAuditorRoleName' : 'TargetFixerRoleName'}}`,
      ];
    case 'organization-role':
      return ['Resource: !Ref OrganizationRoleArn'];
    case 'tool-roles':
      return ['Resource:', `  - !Sub arn:${ACCOUNT}:role/\${AuditorRoleName}`, `  - !Sub arn:${ACCOUNT}:role/\${FixerRoleName}`];
    case 'role':
      return [`Resource: !Sub arn:${ACCOUNT}:role/\${RoleName}`];
    case 'target-policies':
      return [`Resource: !Sub arn:${ACCOUNT}:policy/*`];
    case 'anything':
      return ['Resource: "*"'];
    case 'attachable-policies':
      return ['Resource: !If', ...indented(1, attachable())];
  }
}

function condition({ limit }: CallGroup): string[] {
  if (limit === undefined) return [];
  return ['Condition:', '  ArnEquals:', '    iam:PolicyARN: !If', ...indented(3, attachable())];
}

/** The policies that may be attached: those of the guide, or the parameter's. */
function attachable(): string[] {
  return [
    '- AttachesGuide',
    ...GUIDE_POLICIES.map((name, index) => `${index === 0 ? '- -' : '  -'} !Sub arn:\${AWS::Partition}:iam::aws:policy/${name}`),
    '- !Ref AttachablePolicyArns',
  ];
}

function actions(names: readonly string[]): string[] {
  const [only] = names;
  return names.length === 1 ? [`  Action: ${only}`] : ['  Action:', ...names.map((name) => `    - ${name}`)];
}

function indented(levels: number, lines: readonly string[]): string[] {
  return lines.map((line) => '  '.repeat(levels) + line);
}
