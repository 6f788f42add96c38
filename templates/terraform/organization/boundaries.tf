# policy/NAME is the policy of that name in this account.

locals {
  role_boundary_arn = var.role_boundary == null ? null : (
    startswith(var.role_boundary, "arn:") ? var.role_boundary : "arn:${local.partition}:iam::${local.account_id}:${var.role_boundary}"
  )
}
