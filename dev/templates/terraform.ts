import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from '../permissions/calls.ts';
import { GUARDED, roleWrites, TOOL_ROLE_GUARD } from '../permissions/policy.ts';

const HEAD = '# Generated from the list of calls that the action makes (npm run templates): a change here is lost.';

/** The file policies.tf of a module: only locals, so that they can be evaluated without a provider. */
export function terraformPolicies(place: Place): string {
  const tools = TOOLS.filter((tool) => callsOf(tool, place).length > 0);
  const policies = tools.map((tool) => {
    const groups = callsOf(tool, place);
    const of = (some: readonly CallGroup[]) => list(some.map((group) => statement(group, tool)));
    const always = of(groups.filter(({ optional }) => optional === undefined));
    const optional = OPTIONAL.flatMap(([name, condition]) => {
      const some = groups.filter((group) => group.optional === name);
      return some.length === 0 ? [] : [{ more: of(some), condition }];
    });
    const statements = concatenated(always, optional);
    return policy(`${tool}_policy`, tool === 'fixer' && place === 'target' ? guarded(statements) : statements);
  });
  return `${HEAD}\n\nlocals {\n${[...(tools.includes('fixer') ? [attachable()] : []), ...policies].join('\n\n')}\n}\n`;
}

const TOOLS: readonly Tool[] = ['auditor', 'fixer'];

/** The variables that add a statement. */
const OPTIONAL: readonly (readonly [NonNullable<CallGroup['optional']>, string])[] = [
  ['organization', 'var.organization_role_arn != null'],
  ['event-lookup', 'var.with_event_lookup'],
];

function attachable(): string {
  const names = GUIDE_POLICIES.map((name) => `"${name}"`).join(', ');
  return indented(1, [
    'attachable_policy_arns = var.attachable_policy_arns != null ? var.attachable_policy_arns : [',
    `  for name in [${names}] : "arn:\${local.partition}:iam::aws:policy/\${name}"`,
    ']',
  ]).join('\n');
}

/** `statements`: an expression. */
function policy(name: string, [first = '', ...rest]: readonly string[]): string {
  const document = ['Version = "2012-10-17"', `Statement = ${first}`, ...rest];
  return [`  ${name} = jsonencode({`, ...indented(2, document), '  })'].join('\n');
}

function list(statements: readonly (readonly string[])[]): string[] {
  return ['[', ...statements.flatMap((lines) => ['  {', ...indented(2, lines), '  },']), ']'];
}

/** The policy, with the statement of `toolRoleGuard`, and those of `boundaryGuard` if the module is given a boundary. */
function guarded(statements: readonly string[]): string[] {
  const all = [...statements.slice(0, -1), ...list([toolRoleStatement()]).slice(1)];
  return concatenated(all, [{ more: list(guardStatements()), condition: 'var.required_boundary_arn != null' }]);
}

/** Statements under a condition. `more`: a list. */
interface OptionalStatements {
  readonly more: readonly string[];
  readonly condition: string;
}

function concatenated(statements: readonly string[], optional: readonly OptionalStatements[]): string[] {
  if (optional.length === 0) return [...statements];
  const lists = optional.flatMap(({ more, condition }) => [
    `[for statement in ${more[0]}`,
    ...more.slice(1, -1),
    `] : statement if ${condition}],`,
  ]);
  return ['concat(', ...indented(1, [...statements.slice(0, -1), '],', ...lists]), ')'];
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
      '  StringNotLike = { "iam:PermissionsBoundary" = local.required_boundary_arn }',
      '}',
    ],
    [`Sid    = "${GUARDED.never.sid}"`, 'Effect = "Deny"', ...actions([GUARDED.never.action]), ...resource('role', 'fixer')],
  ];
}

function toolRoleStatement(): string[] {
  return [`Sid    = "${TOOL_ROLE_GUARD.sid}"`, 'Effect = "Deny"', ...actions(roleWrites()), ...resource(TOOL_ROLE_GUARD.on, 'fixer')];
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
    case 'all':
      return ['Resource = ["*"]'];
    case 'target-tool-role':
      return [`Resource = ["arn:\${local.partition}:iam::*:role/\${var.target_${tool}_role_name}"]`];
    case 'organization-role':
      return ['Resource = [var.organization_role_arn]'];
    case 'tool-roles':
      return [`Resource = [for name in [var.auditor_role_name, var.fixer_role_name] : "arn:${ACCOUNT}:role\${var.role_path}\${name}"]`];
    case 'role':
      return [`Resource = [for name in var.role_names : "arn:${ACCOUNT}:role/\${name}"]`];
    case 'target-policies':
      return [`Resource = ["arn:${ACCOUNT}:policy/*"]`];
    case 'anything':
      return ['Resource = ["*"]'];
    case 'attachable-policies':
      return ['Resource = local.attachable_policy_arns'];
  }
}

function actions(names: readonly string[]): string[] {
  return ['Action = [', ...names.map((name) => `  "${name}",`), ']'];
}

function indented(levels: number, lines: readonly string[]): string[] {
  return lines.map((line) => '  '.repeat(levels) + line);
}
