import type { Tag } from '../accounts/entities.ts';
import { invalidInput, limitExceeded, validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Actions, arnOf, type Call, existing, seen, store } from './call.ts';
import { page } from './page.ts';

const resource = arnOf('Role');

export const tagActions: Actions = {
  ListRoleTags: { resource, run: listRoleTags },
  TagRole: { resource, run: tagRole },
  UntagRole: { resource, run: untagRole },
};

/** Creating with tags counts as tagging: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export function tagging(kind: 'User' | 'Role'): (call: Call) => readonly string[] {
  return (call) => (call.params.tags().length === 0 ? [] : [`Tag${kind}`]);
}

export function tagsXml(tags: readonly Tag[]): string {
  return `<Tags>${tags.map(({ key, value }) => `<member>${element('Key', key)}${element('Value', value)}</member>`).join('')}</Tags>`;
}

/**
 * The tags after `added` were added; the case of keys does not matter, as in IAM.
 * Throws for keys and values that are too long, repeated or reserved by AWS, and `LimitExceeded` for too many.
 */
export function checkTags(call: Call, present: readonly Tag[], added: readonly Tag[]): Tag[] {
  const keys = added.map(({ key }) => key.toLowerCase());
  if (new Set(keys).size !== keys.length) throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  for (const { key, value } of added) {
    if (key.length < 1 || key.length > 128) throw tooLong('key', key, 128);
    if (value.length > 256) throw tooLong('value', value, 256);
    if (/^aws:/i.test(key)) throw invalidInput('Tag keys beginning with aws: are reserved.');
  }
  const tags = [...present.filter(({ key }) => !keys.includes(key.toLowerCase())), ...added];
  if (tags.length > call.account.quotas.tags) throw limitExceeded('The number of tags has reached the maximum limit.');
  return tags;
}

function tooLong(member: string, value: string, longest: number): Error {
  return validationError(
    `1 validation error detected: Value '${value}' at 'tags.1.member.${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
  );
}

function listRoleTags(call: Call): string {
  const { items, xml } = page(call, seen(call, 'Role', call.params.required('RoleName')).tags);
  return tagsXml(items) + xml;
}

function tagRole(call: Call): undefined {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  store(call, 'Role', { ...role, tags: checkTags(call, role.tags, call.params.tags()) });
  return undefined;
}

function untagRole(call: Call): undefined {
  const role = existing(call, 'Role', call.params.required('RoleName'));
  const keys = call.params.list('TagKeys').map((key) => key.toLowerCase());
  store(call, 'Role', { ...role, tags: role.tags.filter(({ key }) => !keys.includes(key.toLowerCase())) });
  return undefined;
}
