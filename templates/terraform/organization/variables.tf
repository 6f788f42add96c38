variable "hub_account" {
  description = "Account id of the hub."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.hub_account))
    error_message = "The account id of the hub has twelve digits."
  }
}

variable "hub_auditor_role_name" {
  description = "Name of the auditor role in the hub, with its path if it has one."
  type        = string
  default     = "DriftAuditor"
}

variable "organization_role_name" {
  description = "Name of the role made here."
  type        = string
  default     = "DriftOrganization"
}

variable "role_path" {
  description = "Path of the role made here, such as /ddi/."
  type        = string
  default     = "/"

  validation {
    condition     = can(regex("^/([A-Za-z0-9_+=,.@-]+/)*$", var.role_path))
    error_message = "The path has to be / or begin and end with /."
  }
}

variable "role_boundary" {
  description = "Permissions boundary of the role made here, where the organization demands one: policy/NAME for the policy of that name in this account, or an ARN."
  type        = string
  default     = null

  validation {
    condition     = var.role_boundary == null || can(regex("^(arn:[a-z-]+:iam::(aws|[0-9]{12}):)?policy/[A-Za-z0-9_+=,.@/-]+$", var.role_boundary))
    error_message = "The boundary has to be policy/NAME or the ARN of a managed policy."
  }
}

variable "tags" {
  description = "Tags of what is made here."
  type        = map(string)
  default     = {}
}
