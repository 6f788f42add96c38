# Assume-Role Drift, target account: the role that the hub's auditor assumes to read the role of the hub user, and, if asked for, the one that repairs it.
# Apply the module hub first: AWS rejects a trust policy that names a role that does not exist.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  account_id = data.aws_caller_identity.current.account_id
}

resource "aws_iam_role" "auditor" {
  name                 = var.auditor_role_name
  path                 = var.role_path
  permissions_boundary = local.role_boundary_arn
  description          = "Assume-Role Drift reads the role of the hub user with it. It can't write."
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
  description          = "Assume-Role Drift repairs the role of the hub user with it."
  assume_role_policy   = local.fixer_trust
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = !contains(var.role_names, "*")
      error_message = "A fixer that may change every role could make itself administrator of the account. Name the roles, their path (ddi/*) or how their names begin (Micetro*)."
    }
  }
}

resource "aws_iam_role_policy" "fixer" {
  count = var.with_fixer ? 1 : 0

  name   = "drift"
  role   = aws_iam_role.fixer[0].name
  policy = local.fixer_policy
}
