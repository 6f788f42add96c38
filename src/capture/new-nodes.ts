import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** How what is new in a file is written, and where. */

/** Where a new key goes among those that are there. */
const KEY_ORDER: readonly string[] = [
  ...['version', 'hub', 'auditor', 'fixer', 'defaults', 'classes', 'targets', 'policies', 'organization', 'exceptions'],
  ...['account', 'partition', 'name', 'class', 'owner', 'user', 'members', 'group', 'groups', 'grants', 'policyName', 'layout'],
  ...['otherCallers', 'principals', 'externalId'],
  ...[
    'roleName',
    'path',
    'trust',
    'managedPolicies',
    'inlinePolicies',
    'min',
    'max',
    'maxAgeDays',
    'accessKeys',
    'otherCredentials',
    'otherGroups',
  ],
  ...['permissionsBoundary', 'consoleLogin', 'maxSessionDuration', 'description', 'tags'],
];

/** Columns up to which a mapping or list is written on one line. */
const ONE_LINE = 120;

/** A value as it is written where nothing says how. */
export function newNode(document: Document, value: unknown): Node {
  const node = document.createNode(value);
  style(node, 0);
  return node;
}

/** Puts a key where its rank among those that are there says. */
export function insertKey(mapping: YAMLMap, pair: Pair, value: Node): void {
  pair.value = value;
  const rank = (key: unknown) => KEY_ORDER.indexOf(keyText(key));
  const own = rank(pair.key);
  const index = own < 0 ? -1 : mapping.items.findIndex(({ key }) => rank(key) > own);
  mapping.items.splice(index < 0 ? mapping.items.length : index, 0, pair);
  // A mapping on one line can't hold one on many.
  if (mapping.flow && !(isShort(mapping) && isOnOneLine(value))) mapping.flow = false;
}

/** The key of a pair as text. */
export function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function isOnOneLine(node: Node): boolean {
  return (isScalar(node) && node.type !== Scalar.BLOCK_LITERAL) || isAlias(node) || ((isMap(node) || isSeq(node)) && node.flow === true);
}

/** With the comments of what was in its place. */
export function withComments(node: Node, former: unknown): Node {
  if (!isNode(former)) return node;
  if (former.commentBefore && !isMap(former) && !isSeq(former)) node.commentBefore = former.commentBefore;
  if (former.comment) node.comment = former.comment;
  if (former.spaceBefore) node.spaceBefore = former.spaceBefore;
  return node;
}

/** Small mappings and lists on one line; text that another YAML would read as a date, number or flag in quotes; text of many lines on one, but for JSON. */
function style(node: unknown, depth: number): void {
  if (isScalar(node)) {
    const { value } = node;
    if (typeof value === 'string' && isJsonOnLines(value)) node.type = Scalar.BLOCK_LITERAL;
    else if (typeof value === 'string' && (/^[\d.+-]|\n/.test(value) || /^(y|n|yes|no|on|off)$/i.test(value)))
      node.type = Scalar.QUOTE_DOUBLE;
    return;
  }
  if (!isMap(node) && !isSeq(node)) return;
  node.flow = isShort(node) && (isSeq(node) || depth > 0 || !holdsDocument(node));
  for (const item of node.items) {
    if (isPair(item)) {
      style(item.key, depth + 1);
      style(item.value, depth + 1);
    } else style(item, depth + 1);
  }
}

function isShort(node: YAMLMap | YAMLSeq): boolean {
  const json = JSON.stringify(node);
  return json.length <= ONE_LINE && !json.includes('{\\n');
}

function isJsonOnLines(text: string): boolean {
  return text.startsWith('{\n');
}

/** A policy document reads better on lines of its own. */
function holdsDocument(node: YAMLMap): boolean {
  return node.has('Statement') || node.items.some(({ value }) => isMap(value) && holdsDocument(value));
}
