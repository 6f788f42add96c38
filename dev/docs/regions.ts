/** The part of a page between `<!-- generated: NAME -->` and `<!-- end of generated -->`, which a program writes. */

const REGION = /(<!-- generated: ([\w-]+) -->\n)([\s\S]*?)(<!-- end of generated -->)/g;

/** Whether a program writes a part of the page. */
export function hasRegions(page: string): boolean {
  return page.includes('<!-- generated: ');
}

/**
 * The page with new content in its regions.
 *
 * @throws {Error} for a region with an unknown name, and for a page without regions
 */
export function fillRegions(page: string, contents: ReadonlyMap<string, string>): string {
  let regions = 0;
  const filled = page.replace(REGION, (_whole, open: string, name: string, _old: string, close: string) => {
    const content = contents.get(name);
    if (content === undefined) throw new Error(`Nothing generates the region ${name}.`);
    regions += 1;
    return `${open}\n${content.trim()}\n\n${close}`;
  });
  if (regions === 0) throw new Error('The page has no generated region.');
  return filled;
}

/** A table of GitHub's Markdown. The cells are Markdown; pipes in them are escaped. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
