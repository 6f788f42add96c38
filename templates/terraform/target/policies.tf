# Generated from the list of calls that the action makes (npm run templates): a change here is lost.

locals {
  attachable_policy_arns = var.attachable_policy_arns != null ? var.attachable_policy_arns : [
    for name in ["AmazonRoute53FullAccess", "AmazonEC2FullAccess", "IAMReadOnlyAccess"] : "arn:${local.partition}:iam::aws:policy/${name}"
  ]

  auditor_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid    = "ReadRole"
          Effect = "Allow"
          Action = [
            "iam:GetRole",
            "iam:ListRolePolicies",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
          ]
          Resource = [for name in var.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}"]
        },
        {
          Sid    = "ReadRolePolicies"
          Effect = "Allow"
          Action = [
            "iam:GetPolicy",
            "iam:GetPolicyVersion",
            "iam:ListPolicyVersions",
            "iam:ListEntitiesForPolicy",
          ]
          Resource = ["arn:${local.partition}:iam::${local.account_id}:policy/*"]
        },
        {
          Sid    = "ReadToolRoles"
          Effect = "Allow"
          Action = [
            "iam:GetRole",
          ]
          Resource = [for name in [var.auditor_role_name, var.fixer_role_name] : "arn:${local.partition}:iam::${local.account_id}:role${var.role_path}${name}"]
        },
      ],
      [for statement in [
        {
          Sid    = "LookUpEvents"
          Effect = "Allow"
          Action = [
            "cloudtrail:LookupEvents",
          ]
          Resource = ["*"]
        },
      ] : statement if var.with_event_lookup],
    )
  })

  fixer_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid    = "RepairRole"
          Effect = "Allow"
          Action = [
            "iam:CreateRole",
            "iam:DeleteRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:PutRolePolicy",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:DeleteRolePermissionsBoundary",
            "iam:TagRole",
            "iam:UntagRole",
          ]
          Resource = [for name in var.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}"]
        },
        {
          Sid    = "AttachToRole"
          Effect = "Allow"
          Action = [
            "iam:AttachRolePolicy",
          ]
          Resource = [for name in var.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}"]
          Condition = {
            ArnEquals = { "iam:PolicyARN" = local.attachable_policy_arns }
          }
        },
        {
          Sid    = "RepairRolePolicies"
          Effect = "Allow"
          Action = [
            "iam:CreatePolicy",
            "iam:CreatePolicyVersion",
            "iam:SetDefaultPolicyVersion",
            "iam:DeletePolicyVersion",
            "iam:DeletePolicy",
          ]
          Resource = local.attachable_policy_arns
        },
        {
          Sid    = "KeepToolRoles"
          Effect = "Deny"
          Action = [
            "iam:CreateRole",
            "iam:DeleteRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:PutRolePolicy",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:DeleteRolePermissionsBoundary",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:AttachRolePolicy",
          ]
          Resource = [for name in [var.auditor_role_name, var.fixer_role_name] : "arn:${local.partition}:iam::${local.account_id}:role${var.role_path}${name}"]
        },
      ],
      [for statement in [
        {
          Sid    = "KeepBoundary"
          Effect = "Deny"
          Action = [
            "iam:CreateRole",
            "iam:PutRolePolicy",
            "iam:AttachRolePolicy",
            "iam:PutRolePermissionsBoundary",
          ]
          Resource = [for name in var.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}"]
          Condition = {
            StringNotLike = { "iam:PermissionsBoundary" = local.required_boundary_arn }
          }
        },
        {
          Sid    = "NeverUnbound"
          Effect = "Deny"
          Action = [
            "iam:DeleteRolePermissionsBoundary",
          ]
          Resource = [for name in var.role_names : "arn:${local.partition}:iam::${local.account_id}:role/${name}"]
        },
      ] : statement if var.required_boundary_arn != null],
    )
  })
}
