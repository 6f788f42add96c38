import { isOfAws, isVersionId, policyArn } from '../iam/managed-policy.ts';
import { isMapping } from '../state/json.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, type FileNode, nodeAt, type Path } from './file-node.ts';
import { expandText, SAMPLE_VALUES } from './placeholders.ts';

/** The content that a file, valid or not, states of a managed policy. */
interface StatedContent {
  readonly path: Path;
  readonly node: FileNode;
  readonly ofAws: boolean;
}

/** A version is only of AWS's own policies, whose documents AWS writes; a document is only of a customer's, whose versions are numbered by account. */
export function policyContentRules(file: DesiredFile): readonly FileError[] {
  return statedContents(file).flatMap(({ path, node, ofAws }) => {
    if (!ofAws && typeof node.value === 'string' && isVersionId(node.value)) {
      const message = `found the version ${node.value} of a customer managed policy, whose versions differ by account`;
      return [complain(file, path, { message, expected: 'its policy document' })];
    }
    if (ofAws && isDocument(node)) {
      const message = 'found a policy document for an AWS managed policy';
      const expected = 'the reviewed version, such as v5, or policy/NAME for a customer managed policy';
      return [complain(file, path, { message, expected })];
    }
    return [];
  });
}

/** The documents of customers' policies. */
export function policyContentDocuments(file: DesiredFile): readonly Pick<StatedContent, 'path' | 'node'>[] {
  return statedContents(file).filter(({ node, ofAws }) => !ofAws && isDocument(node));
}

function statedContents(file: DesiredFile): readonly StatedContent[] {
  return [...(nodeAt(file.root, ['policies'])?.entries ?? [])].map(([name, { node }]) => {
    const arn = policyArn(expandText(name, SAMPLE_VALUES), 'aws', SAMPLE_VALUES.get('account') ?? '');
    return { path: ['policies', name], node, ofAws: isOfAws(arn) };
  });
}

function isDocument({ value }: FileNode): boolean {
  return isMapping(value) || (typeof value === 'string' && value.trimStart().startsWith('{'));
}
