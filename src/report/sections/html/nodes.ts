import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { cut, singleLine, visibleLine } from '../../../text/visible.ts';

/**
 * Nodes of the HTML report from untrusted text. Only the library that writes the tree writes markup, so no text can become any. Characters that are not displayed, or
 * that change how others are, become visible.
 */

/** What an element may hold: text that is shown as it is given, and elements. */
export type Content = readonly (string | Element)[];

/** UTF-16 units of one text. What AWS and people write is shorter; the JSON report has it whole. */
const MAX_TEXT = 4_000;
const MAX_NAME = 2_048;

/** A name, an ARN or another text that people copy, on one line. */
export function mono(text: string): Element {
  return h('code', visibleLine(cut(text, MAX_NAME)));
}

/** Running text on one line. What is between backticks is set as code. */
export function words(text: string): Content {
  return singleLine(cut(text, MAX_TEXT))
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => (/^`.+`$/.test(part) ? h('code', part.slice(1, -1)) : part));
}

/** A day or a time, as the report has it. */
export function moment(dateTime: string, shown = dateTime): Element {
  return h('time', { dateTime }, visibleLine(shown));
}

/** Items with a separator between them. */
export function separated(items: readonly Content[], separator: string): Content {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]));
}

/** The element with a class and its content. */
export function div(className: string, ...content: Content): Element {
  return h('div', { className: [className] }, ...content);
}

export function paragraph(...content: Content): Element {
  return h('p', ...content);
}

export function bulletList(items: readonly Content[]): Element {
  return h('ul', ...items.map((item) => h('li', ...item)));
}

/** Names and what they stand for. Facts without content are left out. */
export function facts(entries: readonly (readonly [name: string, content: Content])[]): Element {
  const pairs = entries.filter(([, content]) => content.length > 0);
  return h('dl', ...pairs.map(([name, content]) => h('div', h('dt', name), h('dd', ...content))));
}

/** How good or bad a fact is. Its word says so as well, for whoever sees or prints no colours. */
export type Tone = 'good' | 'bad' | 'warn' | 'more' | 'other' | 'less' | 'none';

export function chip(tone: Tone, text: string): Element {
  return h('span', { className: ['chip', tone] }, text);
}

/** A part of the page with its heading. @param id of ours, for the contents */
export function section(id: string, title: string, ...content: readonly (ElementContent | string)[]): Element {
  return h('section', { id, ariaLabelledBy: [`${id}-title`] }, h('h2', { id: `${id}-title` }, title), ...content);
}
