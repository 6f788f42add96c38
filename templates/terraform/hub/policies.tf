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
          Sid    = "ReadHubUser"
          Effect = "Allow"
          Action = [
            "iam:GetUser",
            "iam:ListGroupsForUser",
            "iam:ListAccessKeys",
            "iam:ListUserPolicies",
            "iam:GetUserPolicy",
            "iam:ListAttachedUserPolicies",
            "iam:GetLoginProfile",
            "iam:GetAccessKeyLastUsed",
          ]
          Resource = ["arn:${local.partition}:iam::${local.account_id}:user/${var.user_name}"]
        },
        {
          Sid    = "ReadOtherCredentials"
          Effect = "Allow"
          Action = [
            "iam:ListSSHPublicKeys",
            "iam:ListSigningCertificates",
            "iam:ListServiceSpecificCredentials",
          ]
          Resource = ["arn:${local.partition}:iam::${local.account_id}:user/${var.user_name}"]
        },
        {
          Sid    = "ReadHubGroups"
          Effect = "Allow"
          Action = [
            "iam:GetGroup",
            "iam:ListGroupPolicies",
            "iam:GetGroupPolicy",
            "iam:ListAttachedGroupPolicies",
          ]
          Resource = [for name in var.group_names : "arn:${local.partition}:iam::${local.account_id}:group/${name}"]
        },
        {
          Sid    = "ReadOtherGroups"
          Effect = "Allow"
          Action = [
            "iam:ListGroupPolicies",
            "iam:GetGroupPolicy",
            "iam:ListAttachedGroupPolicies",
          ]
          Resource = ["arn:${local.partition}:iam::${local.account_id}:group/*"]
        },
        {
          Sid    = "ReadManagedPolicies"
          Effect = "Allow"
          Action = [
            "iam:GetPolicy",
            "iam:GetPolicyVersion",
            "iam:ListPolicyVersions",
            "iam:ListEntitiesForPolicy",
          ]
          Resource = [
            "arn:${local.partition}:iam::aws:policy/*",
            "arn:${local.partition}:iam::${local.account_id}:policy/*",
          ]
        },
        {
          Sid    = "ReadCallers"
          Effect = "Allow"
          Action = [
            "iam:GetAccountAuthorizationDetails",
          ]
          Resource = ["*"]
        },
        {
          Sid    = "AssumeInTargets"
          Effect = "Allow"
          Action = [
            "sts:AssumeRole",
          ]
          Resource = ["arn:${local.partition}:iam::*:role/${var.target_auditor_role_name}"]
        },
      ],
      [for statement in [
        {
          Sid    = "AssumeOrganizationRole"
          Effect = "Allow"
          Action = [
            "sts:AssumeRole",
          ]
          Resource = [var.organization_role_arn]
        },
      ] : statement if var.organization_role_arn != null],
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
    Statement = [
      {
        Sid    = "AssumeInTargets"
        Effect = "Allow"
        Action = [
          "sts:AssumeRole",
        ]
        Resource = ["arn:${local.partition}:iam::*:role/${var.target_fixer_role_name}"]
      },
      {
        Sid    = "RepairHubUser"
        Effect = "Allow"
        Action = [
          "iam:PutUserPolicy",
          "iam:DeleteUserPolicy",
          "iam:DetachUserPolicy",
          "iam:PutUserPermissionsBoundary",
          "iam:DeleteUserPermissionsBoundary",
        ]
        Resource = ["arn:${local.partition}:iam::${local.account_id}:user/${var.user_name}"]
      },
      {
        Sid    = "AttachToHubUser"
        Effect = "Allow"
        Action = [
          "iam:AttachUserPolicy",
        ]
        Resource = ["arn:${local.partition}:iam::${local.account_id}:user/${var.user_name}"]
        Condition = {
          ArnEquals = { "iam:PolicyARN" = local.attachable_policy_arns }
        }
      },
      {
        Sid    = "RepairHubGroups"
        Effect = "Allow"
        Action = [
          "iam:CreateGroup",
          "iam:DeleteGroup",
          "iam:AddUserToGroup",
          "iam:RemoveUserFromGroup",
          "iam:PutGroupPolicy",
          "iam:DeleteGroupPolicy",
          "iam:DetachGroupPolicy",
        ]
        Resource = [for name in var.group_names : "arn:${local.partition}:iam::${local.account_id}:group/${name}"]
      },
      {
        Sid    = "AttachToHubGroups"
        Effect = "Allow"
        Action = [
          "iam:AttachGroupPolicy",
        ]
        Resource = [for name in var.group_names : "arn:${local.partition}:iam::${local.account_id}:group/${name}"]
        Condition = {
          ArnEquals = { "iam:PolicyARN" = local.attachable_policy_arns }
        }
      },
      {
        Sid    = "LeaveOtherGroups"
        Effect = "Allow"
        Action = [
          "iam:RemoveUserFromGroup",
        ]
        Resource = ["arn:${local.partition}:iam::${local.account_id}:group/*"]
      },
      {
        Sid    = "RepairHubPolicies"
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
    ]
  })
}
