import { validationError } from '../protocol/errors.ts';

const NAME = /^[\w+=,.@-]+$/;
const PATH = /^\/(?:[!-~]+\/)?$/;

/** The kinds of names, with their greatest length (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const LONGEST = { userName: 64, roleName: 64, roleSessionName: 64, groupName: 128, policyName: 128 };

/** Throws `ValidationError`. */
export function checkName(member: keyof typeof LONGEST, name: string): string {
  const refuse = (rule: string) =>
    validationError(`1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ${rule}`);
  const longest = LONGEST[member];
  if (name.length > longest) throw refuse(`Member must have length less than or equal to ${longest}`);
  if (name.length === 0 || (member === 'roleSessionName' && name.length < 2))
    throw refuse('Member must have length greater than or equal to 1');
  if (!NAME.test(name)) throw refuse('Member must satisfy regular expression pattern: [\\w+=,.@-]+');
  return name;
}

/** `/` or `/…/`, at most 512 characters. Throws `ValidationError`. */
export function checkPath(path: string): string {
  if (path.length > 512 || !PATH.test(path))
    throw validationError(
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  return path;
}
