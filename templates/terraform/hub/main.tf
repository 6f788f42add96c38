# Assume-Role Drift, hub account: the role that a GitHub workflow assumes to audit, and, if asked for, the role that repairs.
# Apply it before the module target, whose roles trust these.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  partition         = data.aws_partition.current.partition
  account_id        = data.aws_caller_identity.current.account_id
  oidc_provider_arn = var.oidc_provider_arn != null ? var.oidc_provider_arn : aws_iam_openid_connect_provider.github[0].arn
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = [var.audience]
  tags           = var.tags
}

resource "aws_iam_role" "auditor" {
  name                 = var.auditor_role_name
  path                 = var.role_path
  permissions_boundary = local.role_boundary_arn
  description          = "Assume-Role Drift reads the hub with it and gets into the targets. It can't write."
  assume_role_policy   = local.auditor_trust
  tags                 = var.tags
}

resource "aws_iam_role_policy" "auditor" {
  name   = "drift"
  role   = aws_iam_role.auditor.name
  policy = local.auditor_policy
}

resource "aws_iam_role" "fixer" {
  count = var.with_fixer ? 1 : 0

  name                 = var.fixer_role_name
  path                 = var.role_path
  permissions_boundary = local.role_boundary_arn
  description          = "Assume-Role Drift repairs the hub with it and gets into the targets to repair them."
  assume_role_policy   = local.fixer_trust
  tags                 = var.tags
}

resource "aws_iam_role_policy" "fixer" {
  count = var.with_fixer ? 1 : 0

  name   = "drift"
  role   = aws_iam_role.fixer[0].name
  policy = local.fixer_policy
}
