/** Control, format (zero-width and bidirectional marks), line-separator and lone surrogate characters: what a log shows wrongly or not at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A value as it may stand in an error message: in double quotes, unseen characters as `\uXXXX`, at most `limit` characters of it.
 *
 * Inputs can come from whoever starts a workflow, so a value must not be able to write its own lines into the log.
 */
export function quoted(value: string, limit = 80): string {
  const characters = [...value.slice(0, 2 * limit + 2)];
  const kept = characters.slice(0, limit).join('');
  const escaped = JSON.stringify(kept).replace(UNSEEN, (character) =>
    [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
  return characters.length > limit ? `${escaped.slice(0, -1)}…"` : escaped;
}
