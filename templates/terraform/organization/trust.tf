# Who may assume the role: the hub's auditor.

locals {
  auditor_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:${local.partition}:iam::${var.hub_account}:role/${var.hub_auditor_role_name}" }
      Action    = "sts:AssumeRole"
    }]
  })
}
