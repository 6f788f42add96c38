output "auditor_role_arn" {
  description = "The role that the hub's auditor assumes here."
  value       = aws_iam_role.auditor.arn
}

output "fixer_role_arn" {
  description = "The role that the hub's fixer assumes here; null without a fixer."
  value       = one(aws_iam_role.fixer[*].arn)
}

output "file_tool_roles" {
  description = "The keys auditor and fixer of the desired-state file, as they stand. The same for all targets."
  value = yamlencode({
    for tool, name in merge({ auditor = var.auditor_role_name }, var.with_fixer ? { fixer = var.fixer_role_name } : {}) :
    tool => merge({ roleName = "${trimprefix(var.role_path, "/")}${name}" }, var.external_id == null ? {} : { externalId = var.external_id })
  })
}
