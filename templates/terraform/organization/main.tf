# Assume-Role Drift, AWS Organizations: the role that the hub's auditor assumes to list the accounts of the organization.
# Apply it in a delegated administrator or in the management account, after the module hub: AWS takes no trust in a role that does not exist.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  account_id = data.aws_caller_identity.current.account_id
}

resource "aws_iam_role" "auditor" {
  name                 = var.organization_role_name
  path                 = var.role_path
  permissions_boundary = local.role_boundary_arn
  description          = "Assume-Role Drift lists the accounts of the organization with it. It can't write."
  assume_role_policy   = local.auditor_trust
  tags                 = var.tags
}

resource "aws_iam_role_policy" "auditor" {
  name   = "drift"
  role   = aws_iam_role.auditor.name
  policy = local.auditor_policy
}
