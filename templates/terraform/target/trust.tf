# Who may assume the roles: the hub's roles, with the external id if there is one.

locals {
  external_id = var.external_id == null ? {} : {
    Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
  }

  auditor_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [merge({
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${var.hub_account}:role/${var.hub_auditor_role_name}" }
      Action    = "sts:AssumeRole"
    }, local.external_id)]
  })

  fixer_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [merge({
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${var.hub_account}:role/${var.hub_fixer_role_name}" }
      Action    = "sts:AssumeRole"
    }, local.external_id)]
  })
}
