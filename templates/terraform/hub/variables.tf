variable "github_repository" {
  description = "The repository with the workflow, as GitHub writes it: OWNER/NAME."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "The repository has to be OWNER/NAME."
  }
}

variable "github_branch" {
  description = "Only workflows on this branch may audit."
  type        = string
  default     = "main"

  validation {
    condition     = can(regex("^[^\\s*?:$]+$", var.github_branch))
    error_message = "The branch has to be one branch: patterns are not allowed."
  }
}

variable "github_owner_id" {
  description = "Number of the repository's owner (gh api repos/OWNER/NAME --jq .owner.id). With it and github_repository_id the trust also takes the subject with immutable ids."
  type        = string
  default     = null

  validation {
    condition     = var.github_owner_id == null || can(regex("^[0-9]+$", var.github_owner_id))
    error_message = "The owner's id has to be a number."
  }
}

variable "github_repository_id" {
  description = "Number of the repository (gh api repos/OWNER/NAME --jq .id). Give github_owner_id, too."
  type        = string
  default     = null

  validation {
    condition     = var.github_repository_id == null || can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "The repository's id has to be a number."
  }
}

variable "allow_pull_requests" {
  description = "Whether the check on pull requests may read AWS. Everybody who can push a branch to the repository can then read what the auditor reads."
  type        = bool
  default     = false
}

variable "oidc_provider_arn" {
  description = "ARN of the account's provider token.actions.githubusercontent.com, if it has one. null makes one; an account can have only one."
  type        = string
  default     = null

  validation {
    condition     = var.oidc_provider_arn == null || can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.oidc_provider_arn))
    error_message = "The ARN has to be that of the provider token.actions.githubusercontent.com."
  }
}

variable "audience" {
  description = "As the input audience of the action."
  type        = string
  default     = "sts.amazonaws.com"
}

variable "user_name" {
  description = "The hub user. If it has a path, with the path before it, such as ddi/micetro."
  type        = string
  default     = "micetro"

  validation {
    condition     = can(regex("^[A-Za-z0-9_+=,.@/-]+$", var.user_name))
    error_message = "The name has to be that of one user: patterns are not allowed."
  }
}

variable "group_names" {
  description = "The groups that the file names, under hub.group, hub.groups and otherGroups. If one has a path, with the path before it."
  type        = list(string)
  default     = ["micetro-targets"]

  validation {
    condition     = length(var.group_names) > 0 && alltrue([for name in var.group_names : can(regex("^[A-Za-z0-9_+=,.@/-]+$", name))])
    error_message = "Name at least one group, each by its name: patterns are not allowed."
  }
}

variable "auditor_role_name" {
  description = "Name of the auditor role made here, for the input auditor-role."
  type        = string
  default     = "DriftAuditor"
}

variable "target_auditor_role_name" {
  description = "Name of the auditor role in the targets, as auditor.roleName in the file. With its path if it has one, such as ddi/AssumeRoleAuditor."
  type        = string
  default     = "AssumeRoleAuditor"
}

variable "organization_role_arn" {
  type        = string
  default     = null
  description = "ARN of the role that reads AWS Organizations, made by the module organization, for the input organization-role. Null leaves the permission out."
}

variable "with_fixer" {
  description = "Whether to make the role that repairs. Whoever may use it can change what the hub user and the target roles may do."
  type        = bool
  default     = false
}

variable "github_environment" {
  description = "Environment of the jobs that repair, with required reviewers. With it only its jobs may repair (and audit, too); without it every workflow of the branch may."
  type        = string
  default     = null

  validation {
    condition     = var.github_environment == null || can(regex("^[^\\s*?:$]+$", var.github_environment))
    error_message = "The environment has to be one environment without spaces and colons in its name: patterns are not allowed."
  }
}

variable "fixer_role_name" {
  description = "Name of the fixer role made here, for the input fixer-role."
  type        = string
  default     = "DriftFixer"
}

variable "target_fixer_role_name" {
  description = "Name of the fixer role in the targets, as fixer.roleName in the file. With its path if it has one, such as ddi/AssumeRoleFixer."
  type        = string
  default     = "AssumeRoleFixer"
}

variable "attachable_policy_arns" {
  description = "ARNs of the managed policies that the fixer may attach to the hub user and groups. null stands for the three of Micetro's guide."
  type        = list(string)
  default     = null
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
  description = "Permissions boundary of the roles made here, where the organization demands one: policy/NAME for a policy of this account, or an ARN."
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
