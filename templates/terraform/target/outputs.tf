output "auditor_role_arn" {
  description = "The role that the hub's auditor assumes."
  value       = aws_iam_role.auditor.arn
}

output "fixer_role_arn" {
  description = "The role that the hub's fixer assumes; null without a fixer."
  value       = one(aws_iam_role.fixer[*].arn)
}
