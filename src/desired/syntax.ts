import { expandText, hasPlaceholder, SAMPLE_VALUES } from './placeholders.ts';

/** The form that a name or text must have, and how an error describes it. */
export interface Syntax {
  readonly form: RegExp;
  /** Characters. */
  readonly max: number;
  readonly expected: string;
  /** The allowed characters, as in a character class, for the published schema. Left out if the form requires more than that. */
  readonly characters?: string;
}

/*
 * Names, paths and ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 * Description: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * Tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
const NAME = '\\w+=,.@-';
const EXTERNAL_ID_CHARACTERS = '\\w+=,.@:/-';
const TAG_TEXT = '[\\p{L}\\p{Z}\\p{N}_.:/=+@-]';

function name(max: number, what: string): Syntax {
  return { form: new RegExp(`^[${NAME}]+$`), max, expected: `${what}: 1 to ${max} letters, digits and +=,.@_-`, characters: NAME };
}

/** A name that may have its path before it, as it stands in an ARN. */
function nameWithPath(max: number, what: string, example: string): Syntax {
  return {
    form: new RegExp(`^(?:[${NAME}]+/)*[${NAME}]{1,${max}}$`),
    max: 511 + max,
    expected: `${what}: 1 to ${max} letters, digits and +=,.@_-, after its path if it has one (${example})`,
    characters: `/${NAME}`,
  };
}

export const ACCOUNT: Syntax = { form: /^\d{12}$/, max: 12, expected: 'an AWS account id: 12 digits in quotes' };
export const PARTITION: Syntax = {
  form: /^aws(?:-cn|-us-gov|-eusc|-iso(?:-[a-z])?)?$/,
  max: 20,
  expected: 'an AWS partition: aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b, aws-iso-e or aws-iso-f',
};
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html
const UNIT_ID = 'r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}';
export const UNIT: Syntax = {
  form: new RegExp(`^(?:${UNIT_ID})$`),
  max: 68,
  expected: 'the id of an organizational unit (ou-…) or of a root (r-…)',
};
export const UNIT_OR_ACCOUNT: Syntax = {
  form: new RegExp(`^(?:\\d{12}|${UNIT_ID})$`),
  max: 68,
  expected: 'an AWS account id (12 digits in quotes), or the id of an organizational unit (ou-…)',
};
export const USER_NAME = nameWithPath(64, 'a user name', 'ddi/micetro');
export const ROLE_NAME = name(64, 'a role name');
export const GROUP_NAME = nameWithPath(128, 'a group name', 'ddi/micetro-targets');
export const TOOL_ROLE_NAME = nameWithPath(64, 'a role name', 'ddi/AssumeRoleAuditor');
export const INLINE_POLICY_NAME = name(128, 'the name of an inline policy');
export const HUB_PRINCIPAL: Syntax = {
  form: /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/(?:[!-)+->@-~]+\/)?[\w+=,.@-]{1,64}$/,
  max: 600,
  expected: 'the ARN of one role or user of the hub account, such as arn:aws:iam::111111111111:role/DriftAuditor',
};
export const CALLER_NAME: Syntax = {
  form: /^(?:(?:user|role)\/(?:[!-)+->@-~]+\/)?)?[\w+=,.@-]{1,64}$/,
  max: 600,
  expected: 'a user or role of the hub account: user/NAME or role/NAME, including the path, if any',
};
/** Begins with a letter or digit, so that no class is called `__proto__`, and none looks like a placeholder or a rule of YAML. */
export const CLASS_NAME: Syntax = {
  form: /^[A-Za-z0-9][\w.-]*$/,
  max: 64,
  expected: 'the name of a class: 1 to 64 letters, digits and _.-, beginning with a letter or digit',
};
/** Who may stand in the short form of a trust. IAM knows more (services, identity providers, everybody): those take a document. */
export const TRUSTED_PRINCIPAL: Syntax = {
  form: /^(?:hub-user|hub-account|\d{12}|arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|(?:user|role)\/(?:[!-)+->@-~]+\/)?[\w+=,.@-]{1,64})|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]{1,64}|federated-user)\/[\w+=,.@-]{1,64}))$/,
  max: 600,
  expected: 'hub-user, hub-account, an account id in quotes, or the ARN of one user, role or account root',
};
export const ROLE_PATH: Syntax = {
  form: /^\/(?:[\x21-\x7e]+\/)?$/,
  max: 512,
  expected: 'a path: / or text without spaces that begins and ends with /, at most 512 characters',
};
export const EXTERNAL_ID: Syntax = {
  characters: EXTERNAL_ID_CHARACTERS,
  form: new RegExp(`^[${EXTERNAL_ID_CHARACTERS}]{2,}$`),
  max: 1224,
  expected: 'an external id: 2 to 1224 letters, digits and +=,.@_:/-',
};
export const DESCRIPTION: Syntax = {
  form: /^[\t\n\r\x20-\x7e\xa1-\xff]*$/,
  max: 1000,
  expected: 'a description: at most 1000 characters, of Latin-1',
};
export const TAG_KEY: Syntax = {
  form: new RegExp(`^(?!aws:)${TAG_TEXT}+$`, 'iu'),
  max: 128,
  expected: 'a tag key: 1 to 128 letters, digits, spaces and _.:/=+-@, not beginning with aws:',
};
export const TAG_VALUE: Syntax = {
  form: new RegExp(`^${TAG_TEXT}*$`, 'u'),
  max: 256,
  expected: 'a tag value: text of at most 256 letters, digits, spaces and _.:/=+-@',
};
export const LABEL: Syntax = { form: /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, max: 128, expected: 'text on one line, 1 to 128 characters' };
export const RESOURCE: Syntax = { form: /^[^\p{Cc}\s]+$/u, max: 2048, expected: 'the ARN in the finding' };
export const FINDING: Syntax = {
  form: /^[0-9a-f]{16}$/,
  max: 16,
  expected: 'the id of a finding, as in reports: 16 hexadecimal digits in quotes',
};
export const REASON: Syntax = { form: /\S/, max: 1000, expected: 'a reason in words, at most 1000 characters' };
export const POLICY: Syntax = {
  form: /^(?:arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/(?:[\x21-\x7e]+\/)?|(?:[\w+=,.@-]+\/)*)[\w+=,.@-]{1,128}$/,
  max: 700,
  expected: 'a managed policy: its ARN, the name of an AWS managed policy, or policy/NAME for a policy of the account',
};

/** Whether a text without placeholders has the form. */
export function fits(text: string, syntax: Syntax): boolean {
  return text.length <= syntax.max && syntax.form.test(text);
}

/** Whether a text can have the form once its placeholders are replaced. Until then only its characters can be checked, and not its length. */
export function mayFit(text: string, syntax: Syntax): boolean {
  if (!hasPlaceholder(text)) return fits(text, syntax);
  return syntax.form.test(expandText(text, SAMPLE_VALUES, 'x'));
}
