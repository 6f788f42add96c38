variable "hub_account" {
  description = "Account id of the hub."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.hub_account))
    error_message = "The account id has to be twelve digits, in quotes."
  }
}

variable "role_names" {
  description = "The role that the hub user assumes here, with its path if it has one (ddi/Micetro). Several if the name is unknown; each may end with * (ddi/*). * alone is every role, which is refused with a fixer."
  type        = list(string)
  default     = ["Micetro"]

  validation {
    condition     = length(var.role_names) > 0 && alltrue([for name in var.role_names : can(regex("^(\\*|[A-Za-z0-9_+=,.@/-]+\\*?)$", name))])
    error_message = "Name at least one role; a name may end with *."
  }
}

variable "hub_auditor_role_name" {
  description = "Name of the auditor role in the hub, with its path if it has one."
  type        = string
  default     = "DriftAuditor"
}

variable "auditor_role_name" {
  description = "Name of the auditor role made here. In the file it is auditor.roleName, with the path before it if role_path gives one."
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
  description = "Name of the fixer role in the hub, with its path if it has one."
  type        = string
  default     = "DriftFixer"
}

variable "fixer_role_name" {
  description = "Name of the fixer role made here. In the file it is fixer.roleName, with the path before it if role_path gives one."
  type        = string
  default     = "AssumeRoleFixer"
}

variable "attachable_policy_arns" {
  description = "ARNs of the managed policies that the fixer may attach. null stands for the three of Micetro's guide. arn:aws:iam::*:policy/NAME is the policy of that name in each account."
  type        = list(string)
  default     = null
}

variable "required_boundary_arn" {
  description = "A permissions boundary: policy/NAME for the policy of that name in each account, or an ARN. If given, the fixer can create only roles that have it, can give permissions only to roles that have it, and can't take it away. Write the same as permissionsBoundary in the file."
  type        = string
  default     = null

  validation {
    condition     = var.required_boundary_arn == null || can(regex("^(arn:[a-z-]+:iam::(aws|[0-9]{12}):)?policy/[A-Za-z0-9_+=,.@/-]+$", var.required_boundary_arn))
    error_message = "The boundary has to be policy/NAME or the ARN of a managed policy."
  }
}

variable "role_path" {
  description = "Path of the roles made here, such as /ddi/."
  type        = string
  default     = "/"

  validation {
    condition     = can(regex("^/([A-Za-z0-9_+=,.@-]+/)*$", var.role_path))
    error_message = "The path has to be / or begin and end with /."
  }
}

variable "role_boundary" {
  description = "Permissions boundary of the roles made here, where the organization demands one: policy/NAME for the policy of that name in each account, or an ARN."
  type        = string
  default     = null

  validation {
    condition     = var.role_boundary == null || can(regex("^(arn:[a-z-]+:iam::(aws|[0-9]{12}):)?policy/[A-Za-z0-9_+=,.@/-]+$", var.role_boundary))
    error_message = "The boundary has to be policy/NAME or the ARN of a managed policy."
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
