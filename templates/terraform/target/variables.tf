variable "hub_account" {
  description = "Account id of the hub."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.hub_account))
    error_message = "The account id has to be twelve digits, in quotes."
  }
}

variable "role_name" {
  description = "The role that the hub user assumes here. If it has a path, with the path before it, such as ddi/Micetro."
  type        = string
  default     = "Micetro"

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@/-]+$", var.role_name))
    error_message = "The name has to be that of one role: patterns are not allowed."
  }
}

variable "hub_auditor_role_name" {
  description = "Name of the auditor role in the hub."
  type        = string
  default     = "DriftAuditor"
}

variable "auditor_role_name" {
  description = "Name of the auditor role made here, auditor.roleName in the file."
  type        = string
  default     = "AssumeRoleAuditor"
}

variable "external_id" {
  description = "If given, the roles made here ask for it. Write the same as auditor.externalId (and fixer.externalId) into the file."
  type        = string
  default     = null

  validation {
    # Terraform's expressions repeat at most 1,000 times.
    condition     = var.external_id == null || (can(regex("^[A-Za-z0-9_+=,.@:/-]{2,}$", var.external_id)) && try(length(var.external_id), 0) <= 1224)
    error_message = "An external id has 2 to 1,224 letters, digits and characters of _+=,.@:/-."
  }
}

variable "with_fixer" {
  description = "Whether to make the role that repairs. Whoever may use it can give the role every permission, unless required_boundary_arn limits it."
  type        = bool
  default     = false
}

variable "hub_fixer_role_name" {
  description = "Name of the fixer role in the hub."
  type        = string
  default     = "DriftFixer"
}

variable "fixer_role_name" {
  description = "Name of the fixer role made here, fixer.roleName in the file."
  type        = string
  default     = "AssumeRoleFixer"
}

variable "attachable_policy_arns" {
  description = "ARNs of the managed policies that the fixer may attach. null stands for the three of Micetro's guide."
  type        = list(string)
  default     = null
}

variable "required_boundary_arn" {
  description = "ARN of a permissions boundary. If given, the fixer can only create and give permissions to a role that has it, and can't take it away. Write the same as permissionsBoundary into the file."
  type        = string
  default     = null

  validation {
    condition     = var.required_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$", var.required_boundary_arn))
    error_message = "The boundary has to be the ARN of a managed policy."
  }
}

variable "with_event_lookup" {
  description = "Whether the auditor may look up events in CloudTrail, to say who changed what has drifted and whether it was used."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of what is made here."
  type        = map(string)
  default     = {}
}
