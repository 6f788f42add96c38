/** Control, format (zero-width and bidirectional marks), line-separator and lone surrogate characters: a log shows them wrongly or not at all. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text on one line: invisible characters are written as `\uXXXX`, so that none of them changes how the line is displayed. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
}

/**
 * A value for an error message: in double quotes, with invisible characters as `\uXXXX` and cut to `limit` characters.
 *
 * Inputs and files may come from anyone who can start a workflow, so a value must not be able to write lines of its own into the log.
 */
export function quoted(value: string, limit = 80): string {
  const characters = [...value.slice(0, 2 * limit + 2)];
  const escaped = escapeInvisible(JSON.stringify(characters.slice(0, limit).join('')));
  return characters.length > limit ? `${escaped.slice(0, -1)}…"` : escaped;
}
