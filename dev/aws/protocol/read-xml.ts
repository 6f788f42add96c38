/** An element of an answer. */
export interface XmlNode {
  readonly name: string;
  readonly children: readonly XmlNode[];
  /** Empty if there are children. */
  readonly text: string;
}

const PART = /<\?[^>]*\?>|<(\/?)([\w:]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Reads the XML of the Query protocol: elements and text. Ignores attributes; line ends are \n (https://www.w3.org/TR/xml/#sec-line-ends). Throws `SyntaxError` for text without an element. */
export function readXml(xml: string): XmlNode {
  const open: { name: string; children: XmlNode[]; text: string }[] = [{ name: '', children: [], text: '' }];
  for (const [, closing, name, selfClosing, text] of xml.replace(/\r\n?/g, '\n').matchAll(PART)) {
    const current = open.at(-1);
    if (current === undefined) break;
    if (name === undefined) current.text += decode(text ?? '');
    else if (selfClosing) current.children.push({ name, children: [], text: '' });
    else if (closing) {
      open.pop();
      open.at(-1)?.children.push({ ...current, text: current.children.length > 0 ? '' : current.text });
    } else open.push({ name, children: [], text: '' });
  }
  const [root] = open[0]?.children ?? [];
  if (root === undefined) throw new SyntaxError('The answer is no XML');
  return root;
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (entity, hex?: string, decimal?: string, named?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES.get(named ?? '') ?? entity;
  });
}

/** The first element of that name, anywhere below. */
export function find(node: XmlNode, name: string): XmlNode | undefined {
  for (const child of node.children) {
    const found = child.name === name ? child : find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text of the first element of that name below; `undefined` if there is none. */
export function textOf(node: XmlNode, name: string): string | undefined {
  return find(node, name)?.text;
}

/** The members of the first list of that name below. */
export function membersOf(node: XmlNode, name: string): readonly XmlNode[] {
  return find(node, name)?.children ?? [];
}
