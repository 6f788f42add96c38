output "auditor_role_arn" {
  description = "For the input auditor-role."
  value       = aws_iam_role.auditor.arn
}

output "fixer_role_arn" {
  description = "For the input fixer-role; null without a fixer."
  value       = one(aws_iam_role.fixer[*].arn)
}
