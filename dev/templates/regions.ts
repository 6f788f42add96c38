/** The part of a template between `# generated: NAME` and `# end of generated`, which a program writes, indented like its first line. */
const REGION = /^( *)# generated: ([\w-]+)\n[\s\S]*?^ *# end of generated$/gm;

/**
 * The template with new content in its regions.
 *
 * @throws {Error} for a region with an unknown name, and for content without a region
 */
export function fillTemplate(template: string, contents: ReadonlyMap<string, readonly string[]>): string {
  const left = new Set(contents.keys());
  const filled = template.replace(REGION, (_whole, indent: string, name: string) => {
    const lines = contents.get(name);
    if (lines === undefined) throw new Error(`Nothing generates the region ${name}.`);
    left.delete(name);
    return [`# generated: ${name}`, ...lines, '# end of generated'].map((line) => indent + line).join('\n');
  });
  if (left.size > 0) throw new Error(`The template has no region ${[...left].join(', ')}.`);
  return filled;
}
