import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** GitHub's Markdown in its light and its dark theme, as far as a summary needs it. */
const CSS = `
:root { color-scheme: light dark; --page: #fff; --text: #1f2328; --line: #d1d9e0; --panel: #f6f8fa; --code: #818b981f; --link: #0969da;
  --add: #dafbe1; --add-text: #116329; --del: #ffebe9; --del-text: #82071e; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #f0f6fc; --line: #3d444d; --panel: #151b23; --code: #656c7633; --link: #4493f8;
  --add: #033a16; --add-text: #aff5b4; --del: #67060c; --del-text: #ffdcd7; } }
body { margin: 0; padding: 20px; background: var(--page); color: var(--text); font: 14px/1.5 "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
article { border: 1px solid var(--line); border-radius: 6px; }
header { background: var(--panel); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; padding: 12px 16px; font-weight: 600; }
main { padding: 16px 24px; }
h3 { font-size: 17px; line-height: 1.25; margin: 20px 0 10px; }
h2 { font-size: 21px; line-height: 1.25; margin: 20px 0 12px; padding-bottom: 6px; border-bottom: 1px solid var(--line); }
p, ul, table, pre, details { margin: 0 0 12px; }
ul { padding-left: 28px; }
li { margin: 3px 0; }
a { color: var(--link); text-decoration: none; }
code { background: var(--code); border-radius: 6px; padding: 2px 5px; font: 12px "Noto Sans Mono", "Liberation Mono", monospace; }
a code { color: inherit; }
pre { background: var(--panel); border-radius: 6px; padding: 12px 16px; overflow: hidden; }
pre code { background: none; padding: 0; line-height: 1.45; display: block; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: 5px 10px; text-align: left; white-space: nowrap; }
tr:nth-child(2n) td { background: var(--panel); }
summary { margin-bottom: 8px; }
details { margin-bottom: 6px; }
.add { background: var(--add); color: var(--add-text); } .del { background: var(--del); color: var(--del-text); }
.add, .del { display: block; }
`;

/** A page of Markdown as GitHub shows it, in the reader's theme. */
export function githubPage(title: string, html: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><article><header>${title}</header><main>${coloured(html)}</main></article>`;
}

export function htmlOf(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

/** The page with its worst trust unfolded. */
export function unfolded(html: string): string {
  const open = html.replace(/<details>(?=<summary>[^\n]*<code>trust-changed<\/code>)/, '<details open>');
  if (open === html) throw new Error('The summary has no finding to unfold.');
  return open;
}

function coloured(html: string): string {
  return html.replace(/(<code class="language-diff">)([\s\S]*?)(<\/code>)/g, (_block, open: string, text: string, close: string) => {
    const lines = text
      .split('\n')
      .map((line) => (/^[+-]/.test(line) ? `<span class="${line.startsWith('+') ? 'add' : 'del'}">${line}</span>` : line));
    return open + lines.join('\n').replaceAll('</span>\n', '</span>') + close;
  });
}
