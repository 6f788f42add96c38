# Generated from the list of calls that the action makes (npm run templates): a change here is lost.

locals {
  auditor_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ReadOrganization"
        Effect = "Allow"
        Action = [
          "organizations:ListAccounts",
          "organizations:ListAccountsForParent",
          "organizations:ListOrganizationalUnitsForParent",
        ]
        Resource = ["*"]
      },
    ]
  })
}
