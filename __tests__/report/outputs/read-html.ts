import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
export type PageElement = DefaultTreeAdapterTypes.Element;

/** A page as a browser reads it. */
export interface Page {
  /** What the HTML standard calls parse errors. */
  readonly errors: readonly string[];
  readonly elements: readonly PageElement[];
  /** What a reader sees, without the styles. */
  readonly text: string;
}

export function readPage(html: string): Page {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code, startLine }: ParserError) => errors.push(`${code} in line ${startLine}`) });
  const elements = elementsIn(document.childNodes);
  return { errors, elements, text: textOf(document.childNodes) };
}

function elementsIn(nodes: readonly Node[]): PageElement[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));
}

/** The text in an element, or in several, without that of `<style>`. */
export function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => ('value' in node ? node.value : 'tagName' in node && node.tagName !== 'style' ? textOf(node.childNodes) : ''))
    .join('');
}

export function attribute({ attrs }: PageElement, name: string): string | undefined {
  return attrs.find((attr) => attr.name === name)?.value;
}

/** The text of each element with this tag, in the order of the page. */
export function textsOf({ elements }: Page, tag: string): string[] {
  return elements.filter(({ tagName }) => tagName === tag).map(({ childNodes }) => textOf(childNodes));
}

/** The text of the section with this id. */
export function sectionText({ elements }: Page, id: string): string {
  const section = elements.find((element) => element.tagName === 'section' && attribute(element, 'id') === id);
  return section === undefined ? '' : textOf(section.childNodes);
}

const ELEMENTS =
  /^(html|head|meta|title|style|body|header|nav|main|footer|section|article|h1|h2|h3|p|ul|li|a|dl|dt|dd|div|span|b|strong|code|pre|ins|del|figure|figcaption|table|caption|thead|tbody|tr|th|td|time)$/;

const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  lang: /^en$/,
  charset: /^utf-8$/,
  'http-equiv': /^Content-Security-Policy$/,
  content: /^[\w\s',=.;-]+$/,
  name: /^[a-z-]+$/,
  id: /^[a-z0-9-]+$/,
  class: /^[a-z -]+$/,
  href: /^#[a-z0-9-]+$/,
  scope: /^(col|row)$/,
  colspan: /^\d+$/,
  role: /^region$/,
  tabindex: /^0$/,
  datetime: /^[\d:TZ.-]+$/,
  'aria-label': /^[A-Z][a-z ]+$/,
  'aria-labelledby': /^[a-z-]+$/,
  'aria-hidden': /^true$/,
};

/** Everything on the page that could load or run something, or that shows text as something else than it is; empty where there is nothing. */
export function alive(html: string): string[] {
  const { errors, elements, text } = readPage(html);
  const strange = elements.flatMap(({ tagName, attrs }) => [
    ...(ELEMENTS.test(tagName) ? [] : [`<${tagName}>`]),
    ...attrs.flatMap(({ name, value }) => (ATTRIBUTES[name]?.test(value) ? [] : [`${tagName} ${name}="${value}"`])),
  ]);
  const hidden = [...text.matchAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu)].map(([char]) => `hidden: ${JSON.stringify(char)}`);
  return [
    ...errors,
    ...strange,
    ...hidden,
    ...(/url\(|@import/.test(html.slice(0, html.indexOf('</style>'))) ? ['a style that loads'] : []),
  ];
}
