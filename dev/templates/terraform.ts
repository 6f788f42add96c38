import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from '../permissions/calls.ts';
import { GUARDED } from '../permissions/policy.ts';

const HEAD = '# Generated from the list of calls that the action makes (npm run templates): a change here is lost.';

/** The file policies.tf of a module: locals without any resource, so that they can be evaluated without a provider. */
export function terraformPolicies(place: Place): string {
  const policies = (['auditor', 'fixer'] as const).map((tool) =>
    policy(
      `${tool}_policy`,
      callsOf(tool, place).map((group) => statement(group, tool)),
    ),
  );
  const guard = place === 'target' ? [policy('boundary_policy', guardStatements())] : [];
  return `${HEAD}\n\nlocals {\n${[attachable(), ...policies, ...guard].join('\n\n')}\n}\n`;
}

function attachable(): string {
  const names = GUIDE_POLICIES.map((name) => `"${name}"`).join(', ');
  return indented(1, [
    'attachable_policy_arns = var.attachable_policy_arns != null ? var.attachable_policy_arns : [',
    `  for name in [${names}] : "arn:\${local.partition}:iam::aws:policy/\${name}"`,
    ']',
  ]).join('\n');
}

function policy(name: string, statements: readonly (readonly string[])[]): string {
  return [
    `  ${name} = jsonencode({`,
    '    Version = "2012-10-17"',
    '    Statement = [',
    ...statements.flatMap((lines) => ['      {', ...indented(4, lines), '      },']),
    '    ]',
    '  })',
  ].join('\n');
}

function statement(group: CallGroup, tool: Tool): string[] {
  return [
    `Sid    = "${group.sid}"`,
    'Effect = "Allow"',
    ...actions(Object.keys(group.calls)),
    ...resource(group.on, tool),
    ...(group.limit === undefined ? [] : ['Condition = {', '  ArnEquals = { "iam:PolicyARN" = local.attachable_policy_arns }', '}']),
  ];
}

function guardStatements(): string[][] {
  return [
    [
      `Sid    = "${GUARDED.sid}"`,
      'Effect = "Deny"',
      ...actions(GUARDED.actions),
      ...resource('role', 'fixer'),
      'Condition = {',
      '  StringNotEquals = { "iam:PermissionsBoundary" = var.required_boundary_arn }',
      '}',
    ],
    [`Sid    = "${GUARDED.never.sid}"`, 'Effect = "Deny"', ...actions([GUARDED.never.action]), ...resource('role', 'fixer')],
  ];
}

const ACCOUNT = `\${local.partition}:iam::\${local.account_id}`;

function resource(on: Resource, tool: Tool): string[] {
  switch (on) {
    case 'user':
      return [`Resource = ["arn:${ACCOUNT}:user/\${var.user_name}"]`];
    case 'groups':
      return [`Resource = [for name in var.group_names : "arn:${ACCOUNT}:group/\${name}"]`];
    case 'any-group':
      return [`Resource = ["arn:${ACCOUNT}:group/*"]`];
    case 'managed-policies':
      return ['Resource = [', `  "arn:\${local.partition}:iam::aws:policy/*",`, `  "arn:${ACCOUNT}:policy/*",`, ']'];
    case 'target-tool-role':
      return [`Resource = ["arn:\${local.partition}:iam::*:role/\${var.target_${tool}_role_name}"]`];
    case 'role':
      return [`Resource = ["arn:${ACCOUNT}:role/\${var.role_name}"]`];
  }
}

function actions(names: readonly string[]): string[] {
  return ['Action = [', ...names.map((name) => `  "${name}",`), ']'];
}

function indented(levels: number, lines: readonly string[]): string[] {
  return lines.map((line) => '  '.repeat(levels) + line);
}
