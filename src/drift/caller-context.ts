import type { KnownCaller } from '../policy/index.ts';
import type { HubPrincipal } from '../state/principals.ts';

const PRINCIPAL_TAG = 'aws:principaltag/';

/**
 * What is known of the context in which a user or role of the hub assumes a role of an account. A session may bring tags of its own, so those of a role are
 * not known. What a caller may choose or change, such as its address or a second factor, is not known either.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext({ kind, name, arn, id, tags }: HubPrincipal, hubAccount: string, roleAccount: string): KnownCaller {
  const isUser = kind === 'User';
  const known = new Map([
    ['aws:principalarn', { text: arn }],
    ['aws:principalaccount', { text: hubAccount }],
    ['aws:principaltype', { text: isUser ? 'User' : 'AssumedRole' }],
    ['aws:principalisawsservice', { text: 'false' }],
    ['aws:resourceaccount', { text: roleAccount }],
    ['aws:userid', isUser ? { text: id } : { starting: `${id}:` }],
    ['aws:username', isUser ? { text: name } : null],
  ]);
  const valueOfTag = (key: string) => {
    const tag = tags.find((other) => other.key.toLowerCase() === key.slice(PRINCIPAL_TAG.length));
    return tag === undefined ? null : { text: tag.value };
  };
  return { arn, id, valueOf: (key) => (isUser && key.startsWith(PRINCIPAL_TAG) ? valueOfTag(key) : known.get(key)) };
}
