import { Composer, type Document, isScalar, Lexer, LineCounter, type ParsedNode, Parser, type YAMLParseError } from 'yaml';
import type { FileError } from './file-error.ts';
import type { SourceText } from './source-text.ts';
import { readNodes, type YamlReading } from './yaml-nodes.ts';

/** Nested mappings and lists. A policy document in a target is about eight levels deep. */
const MAX_DEPTH = 64;

type Tokens = Parameters<Composer['compose']>[0];

/** Reads one YAML 1.2 (or JSON) document with unique keys and without merge keys and custom tags. Limits aliases and nesting. */
export function readYaml(source: SourceText): YamlReading {
  const lines = new LineCounter();
  const errorAt = (offset: number, message: string, expected: string): FileError => {
    const { line, col } = lines.linePos(offset);
    return { file: source.path, line: Math.max(1, line), column: Math.max(1, col), path: '', message, expected };
  };
  const lexed = tokensOf(source.text, lines);
  if ('tooDeepAt' in lexed) {
    return {
      root: undefined,
      errors: [errorAt(lexed.tooDeepAt, `nested more than ${MAX_DEPTH} deep`, 'the structure of a desired-state file')],
    };
  }
  // readNodes finds duplicate keys: the library's own check compares every pair of keys. YAML 1.2 has no merge keys.
  const composer = new Composer({
    version: '1.2',
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    strict: true,
  });
  const [document, ...more] = [...composer.compose(lexed.tokens, true, source.text.length)];
  if (document === undefined) return { root: undefined, errors: [] };
  const errors = syntaxErrors(document, errorAt);
  for (const extra of more.slice(0, 1))
    errors.push(errorAt(extra.range[0], 'a second YAML document starts here', 'one document in the file'));
  if (errors.length > 0) return { root: undefined, errors };
  const contents = document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) return { root: undefined, errors: [] };
  return readNodes(contents, source.path, lines);
}

/** Stops at too deep a nesting while it parses, because parser and composer take time and stack in proportion to the depth. */
function tokensOf(text: string, lines: LineCounter): { tokens: Tokens } | { tooDeepAt: number } {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) return { tooDeepAt: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function syntaxErrors(
  document: Document.Parsed<ParsedNode>,
  errorAt: (offset: number, message: string, expected: string) => FileError,
): FileError[] {
  const errors = document.errors.map((error) => errorAt(error.pos[0], `YAML can't be read: ${messageOf(error)}`, 'valid YAML 1.2'));
  for (const warning of document.warnings) {
    errors.push(errorAt(warning.pos[0], firstLine(warning.message), 'plain YAML 1.2 without custom tags'));
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.2') {
    errors.push(errorAt(0, `found the directive %YAML ${version}`, 'YAML 1.2'));
  }
  return errors;
}

/** The library's message, unless it is about one of the library's options. */
function messageOf(error: YAMLParseError): string {
  return error.code === 'NON_STRING_KEY' ? 'A key is a list, a mapping or an alias' : firstLine(error.message);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
