/**
 * The styles of the HTML report: on screen light or dark as the reader has it, in print black on white. No text from outside stands in them. All colours of text
 * have a contrast of at least 4.5 to 1 against what is behind them (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */

const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f7f9; --line: #d4dae0; --text: #1b2127; --soft: #55606b; --link: #0b5cad;
  --good: #17653a; --good-panel: #e6f4ea; --bad: #a8201a; --bad-panel: #fdeceb; --warn: #7a4b00; --warn-panel: #fff3dc;
  --other: #8a3b00; --other-panel: #ffeee0; --none-panel: #edf0f3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161c; --panel: #1a2129; --line: #37414c; --text: #e4e9ee; --soft: #a2adb8; --link: #7db8f5;
    --good: #7fd6a0; --good-panel: #14301f; --bad: #ff9d94; --bad-panel: #3d1917; --warn: #f3c66b; --warn-panel: #36290d;
    --other: #ffb27a; --other-panel: #3a2413; --none-panel: #242c35;
  }
}`;

const TEXT = `
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2.5rem) 3rem; max-width: 84rem; background: var(--page); color: var(--text);
  overflow-wrap: anywhere; font: 400 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif;
}
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.75rem; margin: 0 0 1rem; }
h1 code { font-size: 0.9em; background: none; padding: 0; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 0.75rem; padding-bottom: 0.35rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
p, ul { margin: 0 0 0.75rem; max-width: 60rem; }
ul { padding-left: 1.25rem; }
li { margin: 0.15rem 0; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono', 'Liberation Mono', monospace; }
p code, li code { background: var(--none-panel); border-radius: 3px; padding: 0.1em 0.3em; }
dl { margin: 0 0 0.75rem; }
dd { margin: 0; }
section > dl > div, article > dl > div { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; gap: 0.15rem 1rem; padding: 0.2rem 0; }
dt { color: var(--soft); }
dd ul { margin: 0; }`;

const HEAD = `
.verdict { border: 1px solid; border-left-width: 6px; border-radius: 4px; padding: 0.9rem 1.1rem; margin: 0 0 1rem; }
.verdict p:last-child { margin-bottom: 0; }
.verdict .lead { font-size: 1.2rem; font-weight: 650; }
.verdict .sign { display: inline-block; width: 1.4em; }
.verdict.good { border-color: var(--good); background: var(--good-panel); }
.verdict.bad { border-color: var(--bad); background: var(--bad-panel); }
.verdict.warn { border-color: var(--warn); background: var(--warn-panel); }
.good .lead { color: var(--good); } .bad .lead { color: var(--bad); } .warn .lead { color: var(--warn); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.75rem; margin: 0 0 1rem; }
.figures > div { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 0.7rem 0.9rem; }
.figures b { display: block; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures span { color: var(--soft); font-size: 0.86rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; margin: 0; max-width: none; }
footer { margin-top: 3rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--soft); }`;

const TABLES = `
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.65rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--panel); color: var(--soft); font-weight: 600; white-space: nowrap; border-bottom: 2px solid var(--line); }
tbody th { font-weight: 500; }
tbody th, td:nth-child(2), td:nth-child(3) { min-width: 9rem; }
tbody th { min-width: 13rem; }
.glance td:nth-child(2), .accepted td:nth-child(2), .targets td:nth-child(2), .targets td:nth-child(3) { min-width: 0; }
.groups tbody th { min-width: 20rem; }
time, .id { white-space: nowrap; }
.meta { color: var(--soft); }
.targets td:nth-child(4), .targets td:nth-child(5) { min-width: 13rem; }
.below td { padding-top: 0; }
.sub, .read { color: var(--soft); margin-top: 0.2rem; }
.chip { display: inline-block; border: 1px solid; border-radius: 999px; padding: 0 0.55em; font-size: 0.92em; font-weight: 600; white-space: nowrap; }
.chip.good { color: var(--good); background: var(--good-panel); }
.chip.bad, .chip.more { color: var(--bad); background: var(--bad-panel); }
.chip.other { color: var(--other); background: var(--other-panel); }
.chip.less, .chip.warn { color: var(--warn); background: var(--warn-panel); }
.chip.none { color: var(--soft); background: var(--none-panel); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; padding: 0; max-width: none; color: var(--soft); }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 4px; padding: 0.9rem 1.1rem; margin: 0 0 1rem; }
.finding > :last-child { margin-bottom: 0; }
.finding h3 { margin-top: 0; }
.finding.widened { border-left-color: var(--bad); }
.finding.changed { border-left-color: var(--other); }
.finding.narrowed { border-left-color: var(--warn); }
figure { margin: 0.75rem 0; }
figcaption { color: var(--soft); margin-bottom: 0.25rem; }
pre { margin: 0; padding: 0.6rem 0.8rem; background: var(--panel); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
ins, del { text-decoration: none; }
ins { color: var(--good); background: var(--good-panel); }
del { color: var(--bad); background: var(--bad-panel); }`;

const PRINT = `
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) ' of ' counter(pages); font: 8pt sans-serif; } }
@page wide { size: A4 landscape; }
@media print {
  :root {
    --page: #fff; --panel: #fff; --line: #999; --text: #000; --soft: #222; --link: #000;
    --good: #000; --good-panel: #fff; --bad: #000; --bad-panel: #fff; --warn: #000; --warn-panel: #fff; --other: #000; --other-panel: #fff; --none-panel: #fff;
  }
  body { padding: 0; max-width: none; font-size: 9.5pt; }
  nav { display: none; }
  a { text-decoration: none; }
  h2, h3, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  thead th { white-space: normal; }
  tbody:first-of-type tr:first-child { break-before: avoid; }
  .glance { table-layout: fixed; }
  .glance th:first-child { width: 28%; } .glance th:nth-child(2) { width: 11%; } .glance th:nth-child(3) { width: 17%; } .glance th:nth-child(5) { width: 13%; }
  tr, .verdict, .figures > div, li, dl > div { break-inside: avoid; }
  tbody:has(.below) { break-inside: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; line-height: 1.3; }
  th, td { padding: 2pt 4pt; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(36mm, 1fr)); gap: 3mm; }
  .figures > div { padding: 2mm 3mm; }
  .figures b { font-size: 14pt; }
  h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 8mm; } h3 { font-size: 10.5pt; }
  .finding { break-inside: avoid; padding: 2.5mm 3.5mm; margin-bottom: 3mm; line-height: 1.35; }
  section > dl > div, article > dl > div { grid-template-columns: 34mm 1fr; padding: 0.4mm 0; }
  tbody th, td { min-width: 0 !important; }
  tbody th, td:nth-child(2), td:nth-child(3) { min-width: 0; }
  .groups { table-layout: fixed; } .groups th:first-child { width: 30%; } .groups th:last-child { width: 45%; }
  .targets { table-layout: fixed; font-size: 7.5pt; }
  .targets code { font-size: 7pt; }
  .targets th:first-child { width: 27%; } .targets th:nth-child(4), .targets th:nth-child(5) { width: 21%; }
  pre, code { font-size: 7.5pt; }
  p, li { orphans: 3; widows: 3; }
  #targets, #changes, main:has(#targets) + footer { page: wide; }
  ins { font-weight: 700; }
  del { font-style: italic; }
}`;

export const STYLES = `${COLOURS}${TEXT}${HEAD}${TABLES}${PRINT}\n`;
