output "auditor_role_arn" {
  description = "For the input auditor-role of the workflow."
  value       = aws_iam_role.auditor.arn
}

output "fixer_role_arn" {
  description = "For the input fixer-role of the workflow; null without a fixer."
  value       = one(aws_iam_role.fixer[*].arn)
}

output "hub_auditor_role_name" {
  description = "For the variable hub_auditor_role_name of the module target."
  value       = "${trimprefix(var.role_path, "/")}${var.auditor_role_name}"
}

output "hub_fixer_role_name" {
  description = "For the variable hub_fixer_role_name of the module target."
  value       = "${trimprefix(var.role_path, "/")}${var.fixer_role_name}"
}

output "file_hub" {
  description = "For the desired-state file, as it stands."
  value       = yamlencode({ hub = { account = local.account_id, user = var.user_name, groups = var.group_names } })
}
