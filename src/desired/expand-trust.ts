import { partitionOf, rootArn } from '../iam/arn.ts';
import { trustPolicy } from '../iam/grant-document.ts';
import type { Policy } from '../policy/index.ts';
import type { Path } from './file-node.ts';
import type { PrincipalsContent, TrustContent } from './schema.ts';
import { expandedDocument, expandedText, type Scope } from './scope.ts';
import { ACCOUNT, EXTERNAL_ID, fits, TRUSTED_PRINCIPAL } from './syntax.ts';
import { isShortTrust } from './trust-forms.ts';

/** The ARNs that the words for a trust policy stand for. */
export type TrustWords = Readonly<Record<'hub-account' | 'hub-user', string>>;

/** The trust policy that a file asks for: by a word, by its principals, or by a whole document. */
export function expandTrust(content: TrustContent = 'hub-account', path: Path, scope: Scope, words: TrustWords): Policy {
  if (content === 'hub-account' || content === 'hub-user') return trustPolicy(words[content], scope);
  if (typeof content === 'string' || !isPrincipals(content)) return expandedDocument(scope, path, content, 'trust');
  return expandPrincipals(content, path, scope, words);
}

function isPrincipals(content: Exclude<TrustContent, string>): content is PrincipalsContent {
  return isShortTrust(content);
}

/** The policy that lets each of the principals assume the role. One that the file names twice, if in different ways, is an error. */
function expandPrincipals(content: PrincipalsContent, path: Path, scope: Scope, words: TrustWords): Policy {
  const arns = content.principals.map((raw, index) => expandPrincipal(raw, [...path, 'principals', index], scope, words));
  for (const [index, arn] of arns.entries()) {
    if (arns.indexOf(arn) === index) continue;
    scope.complaints.add([...path, 'principals', index], { message: `duplicate principal ${arn}`, expected: 'each principal once' });
  }
  const externalId =
    content.externalId === undefined ? undefined : expandedText(scope, [...path, 'externalId'], content.externalId, EXTERNAL_ID);
  return trustPolicy(arns, scope, externalId);
}

function expandPrincipal(raw: string, path: Path, scope: Scope, words: TrustWords): string {
  const text = expandedText(scope, path, raw, TRUSTED_PRINCIPAL);
  if (text === 'hub-account' || text === 'hub-user') return words[text];
  if (fits(text, ACCOUNT)) return rootArn(scope.partition, text);
  const partition = partitionOf(text);
  if (partition !== undefined && partition !== scope.partition) {
    scope.complaints.add(path, {
      message: `the principal is in the partition ${partition}`,
      expected: `a principal in ${scope.partition}`,
    });
  }
  return text;
}
