import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from '../permissions/calls.ts';
import { GUARDED, roleWrites, TOOL_ROLE_GUARD } from '../permissions/policy.ts';

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

/** The statement of `toolRoleGuard`, and those of `boundaryGuard` if the stack is given a boundary. */
export function cloudFormationGuard(): string[] {
  const deny = (sid: string, names: readonly string[], on: Resource, more: readonly string[] = []) => [
    `- Sid: ${sid}`,
    '  Effect: Deny',
    ...actions(names),
    ...indented(1, [...resource(on, 'fixer'), ...more]),
  ];
  const ifBound = (statement: readonly string[]) => [
    '- !If',
    '  - HasRequiredBoundary',
    ...indented(1, statement),
    '  - !Ref AWS::NoValue',
  ];
  const otherwise = [
    'Condition:',
    '  StringNotLike:',
    '    iam:PermissionsBoundary: !If',
    '      - RequiredBoundaryIsArn',
    '      - !Ref RequiredBoundaryArn',
    `      - !Sub arn:${ACCOUNT}:\${RequiredBoundaryArn}`,
  ];
  return [
    ...deny(TOOL_ROLE_GUARD.sid, roleWrites(), TOOL_ROLE_GUARD.on),
    ...ifBound(deny(GUARDED.sid, GUARDED.actions, 'role', otherwise)),
    ...ifBound(deny(GUARDED.never.sid, [GUARDED.never.action], 'role')),
  ];
}

/** Names that the parameter RoleName takes: CloudFormation has no loop over a list. */
const MOST_ROLES = 5;

/** The conditions by which a second name and those after it are used. */
export function cloudFormationRoleConditions(): string[] {
  return MORE_ROLES.map((index) => `HasRole${index + 1}: !Not [!Equals [${roleName(index)}, ""]]`);
}

const MORE_ROLES = Array.from({ length: MOST_ROLES - 1 }, (_, index) => index + 1);

/** A name of the list. Behind the last one there is nothing, in place of an error. */
function roleName(index: number): string {
  return `!Select [${index}, !Split [",", !Join ["", [!Ref RoleName, "${','.repeat(MOST_ROLES - 1)}"]]]]`;
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
      return ['Resource:', ...['AuditorRoleName', 'FixerRoleName'].map((name) => `  - !Sub arn:${ACCOUNT}:role\${RolePath}\${${name}}`)];
    case 'role':
      return [
        'Resource:',
        `  - ${roleArn(0)}`,
        ...MORE_ROLES.map((index) => `  - !If [HasRole${index + 1}, ${roleArn(index)}, !Ref "AWS::NoValue"]`),
      ];
    case 'target-policies':
      return [`Resource: !Sub arn:${ACCOUNT}:policy/*`];
    case 'anything':
      return ['Resource: "*"'];
    case 'attachable-policies':
      return ['Resource: !If', ...indented(1, attachable())];
  }
}

function roleArn(index: number): string {
  return `!Sub ["arn:${ACCOUNT}:role/\${Name}", { Name: ${roleName(index)} }]`;
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
