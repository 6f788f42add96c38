import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument, type YAMLSeq } from 'yaml';
import type { Path } from '../desired/file-node.ts';
import { isMapping } from '../state/json.ts';
import { writeOutAliases } from './aliases.ts';
import { commentsIn, leave } from './comments.ts';
import { jsonLike, keepLayout, layoutOf } from './layout.ts';
import { insertKey, keyText, newNode, withComments } from './new-nodes.ts';

/**
 * A desired-state file that is edited and keeps all that is not: comments, the order of keys, the way that values are written. The text has to be valid
 * YAML. As long as nothing was edited the text stays as it is.
 */
export class DesiredDocument {
  readonly #original: string;
  readonly #document: Document;
  #edits = 0;
  #draft: { readonly edits: number; readonly text: string } | undefined;

  constructor(text: string, document: Document = parseDocument(text, { version: '1.2', uniqueKeys: false })) {
    this.#original = text;
    this.#document = document;
  }

  /** A copy to try something on. */
  copy(): DesiredDocument {
    return new DesiredDocument(this.#original, this.#document.clone());
  }

  /** The text in the library's own layout: for what is read back at once. */
  draft(): string {
    if (this.#draft?.edits !== this.#edits) this.#draft = { edits: this.#edits, text: this.#document.toString({ lineWidth: 0 }) };
    return this.#draft.text;
  }

  /** The JSON value at the path; `undefined` where there is none. */
  value(path: Path): unknown {
    const node = this.#document.getIn(path, true);
    return isNode(node) ? node.toJS(this.#document) : node;
  }

  isMapping(path: Path): boolean {
    const node = this.#document.getIn(path, true);
    return isMap(isAlias(node) ? node.resolve(this.#document) : node);
  }

  has(path: Path): boolean {
    return this.#document.hasIn(path);
  }

  /** Makes sure that there is a list. */
  ensureList(path: Path): void {
    if (!isSeq(this.#document.getIn(path, true))) this.set(path, []);
  }

  /** Writes a value; of a list of names that is there, or of mappings with names, what stays keeps its place and comments. What is only a name on the way (a user, a group, a target) becomes a mapping with the name at `nameKey`. */
  set(path: Path, value: unknown, nameKey = 'name'): void {
    this.#edits += 1;
    for (let length = 1; length < path.length; length++) this.#ensureMapping(path.slice(0, length), nameKey);
    writeOutAliases(this.#document, path);
    const former = this.#document.getIn(path, true);
    if (isSeq(former) && isNamed(former.toJS(this.#document)) && isNames(value)) this.#setNames(path, former, value);
    else this.#put(path, newNode(this.#document, value));
  }

  delete(path: Path): void {
    for (let length = 1; length < path.length; length++) {
      const ancestor = path.slice(0, length);
      if (isAlias(this.#document.getIn(ancestor, true))) this.#open(ancestor, 'name');
    }
    if (!this.#document.hasIn(path)) return;
    this.#edits += 1;
    writeOutAliases(this.#document, path);
    const parent = this.#document.getIn(path.slice(0, -1), true);
    const index = isMap(parent) ? parent.items.findIndex(({ key }) => keyText(key) === path.at(-1)) : -1;
    if (!isMap(parent) || index < 0) return;
    const [gone] = parent.items.splice(index, 1);
    const lines = [gone?.key, gone?.value].flatMap((node) => commentsIn(node));
    leave(
      lines.map((line) => ` was ${String(path.at(-1))}:${line}`),
      parent.items[index]?.key,
      parent,
    );
  }

  /** Writes a list on several lines from now on: its items become mappings. */
  unfold(path: Path): void {
    const list = this.#document.getIn(path, true);
    if (!isSeq(list)) return;
    this.#edits += 1;
    list.flow = false;
  }

  /** Writes a target that states nothing but its account as that alone. */
  shortenTarget(path: Path): void {
    const target = this.#document.getIn(path, true);
    if (!isMap(target) || target.items.length !== 1 || !target.has('account')) return;
    this.#edits += 1;
    this.#document.setIn(path, withComments(newNode(this.#document, target.get('account')), target));
  }

  /** Renames a key where it stands. */
  rename(path: Path, key: string): void {
    const parent = this.#document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return;
    for (const pair of parent.items) {
      if (!isScalar(pair.key) || pair.key.value !== path.at(-1)) continue;
      pair.key.value = key;
      this.#edits += 1;
    }
  }

  /** Puts an item into a list. */
  insert(path: Path, index: number, value: unknown): void {
    const list = this.#document.getIn(path, true);
    if (!isSeq(list)) throw new Error(`no list at ${path.join('.')}`);
    this.#edits += 1;
    if (list.items.length === 0) list.flow = false;
    list.items.splice(index, 0, newNode(this.#document, value));
  }

  /** Takes an item out of a list. What is written before it as a comment may be a heading for those that follow, so it goes to the next one. */
  remove(path: Path, index: number): void {
    const list = this.#document.getIn(path, true);
    if (!isSeq(list)) return;
    this.#edits += 1;
    writeOutAliases(this.#document, [...path, index]);
    this.#removeItem(list, index);
  }

  #removeItem(list: YAMLSeq, index: number): void {
    const [gone] = list.items.splice(index, 1);
    const heading = isNode(gone) && gone.commentBefore ? gone.commentBefore.split('\n') : [];
    const value: unknown = isNode(gone) ? gone.toJS(this.#document) : gone;
    const name = isMapping(value) ? (value.account ?? value.name) : value;
    const own = commentsIn(gone).slice(heading.length);
    leave([...heading, ...own.map((line) => ` was ${String(name)}:${line}`)], list.items[index], list);
  }

  /** The same list with other names in it. What has a name beside other keys stays as it is. */
  #setNames(path: Path, list: YAMLSeq, names: readonly string[]): void {
    const isName = (item: unknown, name: string) => {
      const value: unknown = isNode(item) ? item.toJS(this.#document) : item;
      return (isMapping(value) ? value.name : value) === name;
    };
    for (let index = list.items.length - 1; index >= 0; index--) {
      if (!names.some((name) => isName(list.items[index], name))) this.#removeItem(list, index);
    }
    for (const name of names) {
      if (!list.items.some((item) => isName(item, name))) list.items.push(newNode(this.#document, name));
    }
    if (list.items.length === 0) this.#put(path, newNode(this.#document, []));
  }

  /** The comment lines above the first item of a list. */
  commentsAbove(path: Path): readonly string[] {
    const list = this.#document.getIn(path, true);
    return isSeq(list) && list.commentBefore ? list.commentBefore.split('\n') : [];
  }

  setCommentsAbove(path: Path, lines: readonly string[]): void {
    const list = this.#document.getIn(path, true);
    if (!isSeq(list) || lines.join('\n') === (list.commentBefore ?? '')) return;
    this.#edits += 1;
    list.commentBefore = lines.length === 0 ? null : lines.join('\n');
  }

  text(): string {
    if (this.#edits === 0) return this.#original;
    const json = jsonLike(this.#original, () => this.#document.toJS());
    if (json !== undefined) return json;
    const isWindows = !/(?<!\r)\n/.test(this.#original);
    const written = isWindows ? this.#original.replaceAll('\r\n', '\n') : this.#original;
    const layout = layoutOf(written);
    const before = parseDocument(written, { version: '1.2', uniqueKeys: false });
    const text = keepLayout(written, before.toString(layout), this.#document.toString(layout));
    return isWindows ? text.replaceAll('\n', '\r\n') : text;
  }

  #put(path: Path, node: Node): void {
    const parent = this.#document.getIn(path.slice(0, -1), true);
    const step = path.at(-1);
    if (isMap(parent) && !parent.has(step)) insertKey(parent, this.#document.createPair(step, null), node);
    else {
      const former = this.#document.getIn(path, true);
      this.#document.setIn(path, withComments(node, former));
      const key = isMap(parent) ? parent.items.find((pair) => keyText(pair.key) === step)?.key : undefined;
      if (!isMap(former) && !isSeq(former)) return;
      // What stood between the lines that go stands above their key.
      leave(commentsIn(former).slice(0, former.comment ? -former.comment.split('\n').length : undefined), key, node);
    }
  }

  #ensureMapping(path: Path, nameKey: string): void {
    if (this.#document.hasIn(path)) this.#open(path, nameKey);
    else {
      const mapping = this.#document.createNode({});
      mapping.flow = false;
      this.#put(path, mapping);
    }
  }

  /** Makes the value at the path a mapping or list that can be written into: a name becomes a mapping, an alias a copy of what it stands for. */
  #open(path: Path, nameKey: string): void {
    const node = this.#document.getIn(path, true);
    if (isAlias(node)) this.#document.setIn(path, this.#document.createNode(node.toJS(this.#document)));
    if (!isScalar(node)) return;
    const mapping = this.#document.createNode({ [nameKey]: node.value });
    if (isMap(mapping)) {
      mapping.flow = nameKey === 'account';
      const name = mapping.get(nameKey, true);
      if (isScalar(name) && node.type) name.type = node.type;
    }
    this.#document.setIn(path, withComments(mapping, node));
  }
}

/** A list of names, of which some may be mappings with a name. */
function isNamed(value: unknown): boolean {
  return Array.isArray(value) && isNames(value.map((item: unknown) => (isMapping(item) ? item.name : item)));
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
