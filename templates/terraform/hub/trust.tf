# Who may assume the roles. A job has one subject: its environment if it has one, else its branch or that it is for a pull request. GitHub sends it with names alone,
# or, for repositories made, renamed or moved since 15 July 2026 and for those that opted in, with immutable ids beside them.

locals {
  name_parts = split("/", var.github_repository)
  repository_forms = concat(
    ["repo:${var.github_repository}"],
    var.github_repository_id == null ? [] : [
      "repo:${local.name_parts[0]}@${var.github_owner_id}/${local.name_parts[1]}@${var.github_repository_id}"
    ],
  )

  branch_subjects       = [for form in local.repository_forms : "${form}:ref:refs/heads/${var.github_branch}"]
  environment_subjects  = var.github_environment == null ? [] : [for form in local.repository_forms : "${form}:environment:${var.github_environment}"]
  pull_request_subjects = var.allow_pull_requests ? [for form in local.repository_forms : "${form}:pull_request"] : []

  auditor_subjects = concat(local.branch_subjects, local.environment_subjects, local.pull_request_subjects)
  fixer_subjects   = var.github_environment == null ? local.branch_subjects : local.environment_subjects

  auditor_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.oidc_provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = var.audience
          "token.actions.githubusercontent.com:sub" = local.auditor_subjects
        }
      }
    }]
  })

  fixer_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.oidc_provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = var.audience
          "token.actions.githubusercontent.com:sub" = local.fixer_subjects
        }
      }
    }]
  })
}
