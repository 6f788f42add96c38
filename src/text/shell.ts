/**
 * Text as one word for bash or zsh. Names and documents may hold anything: in single quotes a shell expands nothing, and control characters
 * are written as `$'\u000a'`. A word of harmless characters alone stays as it is.
 */
export function shellQuoted(text: string): string {
  if (/^[\w+=,.@:/-]+$/.test(text)) return text;
  const parts = text.split(/(\p{Cc}+)/u).map((part, index) => (index % 2 === 1 ? ansiQuoted(part) : singleQuoted(part)));
  return parts.filter((part) => part !== "''").join('') || "''";
}

/** Text in single quotes, whatever it holds. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function ansiQuoted(controls: string): string {
  const escapes = Array.from(controls, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `$'${escapes.join('')}'`;
}
