output "organization_role_arn" {
  description = "For the input organization-role, and for organization_role_arn of the module hub."
  value       = aws_iam_role.auditor.arn
}
