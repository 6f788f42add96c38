import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Report } from '../model/schema.ts';
import { acceptedSection } from '../sections/html/accepted.ts';
import { captureSection } from '../sections/html/capture.ts';
import { findingsSection } from '../sections/html/findings.ts';
import { hubSection } from '../sections/html/hub.ts';
import { bulletList, section, words } from '../sections/html/nodes.ts';
import { proposalSection } from '../sections/html/proposal.ts';
import { coverageSection, type RecordOptions, recordSection } from '../sections/html/record.ts';
import { repairSections } from '../sections/html/repairs.ts';
import { STYLES } from '../sections/html/styles.ts';
import { targetsSection } from '../sections/html/targets.ts';
import { headOfPage, pageTitle } from '../sections/html/verdict.ts';
import { noteTexts } from '../sections/notes.ts';

/** Nothing is loaded, and nothing runs, whatever the texts in the page are. https://www.w3.org/TR/CSP3/ */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The report as one HTML file for people who keep records: it needs no other file, no network and no script, and prints well.
 *
 * @param report already masked where account ids must not appear
 */
export function renderHtml(report: Report, options: RecordOptions = {}): string {
  const sections = [
    recordSection(report, options),
    coverageSection(report, options),
    ...captureSection(report),
    ...proposalSection(report),
    findingsSection(report),
    acceptedSection(report),
    ...repairSections(report),
    ...notesSection(report),
    ...hubSection(report),
    ...targetsSection(report),
  ];
  const page = h('html', { lang: 'en' }, [
    head(report),
    h('body', [headOfPage(report), contents(sections), h('main', sections), foot(report)]),
  ]);
  return `<!doctype html>\n${toHtml(page)}\n`;
}

function head(report: Report): Element {
  return h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('title', `AWS access report, ${pageTitle(report)}`),
    h('style', STYLES),
  ]);
}

function contents(sections: readonly Element[]): Element {
  const links = sections.map(({ properties: { id }, children: [heading] }) =>
    h('li', h('a', { href: `#${String(id)}` }, ...(heading?.type === 'element' ? heading.children : []))),
  );
  return h('nav', { ariaLabel: 'Contents' }, h('ul', links));
}

function notesSection(report: Report): Element[] {
  const notes = noteTexts(report);
  return notes.length === 0 ? [] : [section('notes', 'Notes', bulletList(notes.map(words)))];
}

function foot({ run }: Report): Element {
  return h('footer', h('p', `Made by Assume-Role Drift ${run.toolVersion}. This file needs no other file and loads nothing.`));
}
