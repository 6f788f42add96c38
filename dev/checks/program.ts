import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'src/');

/** All of `src/` as `tsconfig.json` has it compiled, with what it imports. */
export function programOfSources(): ts.Program {
  const { options, fileNames } = config();
  return ts.createProgram(
    fileNames.filter((path) => path.startsWith(SOURCES)),
    options,
  );
}

/**
 * A program of files that exist only in memory, beside what they import from the disk.
 *
 * @param files texts by path, relative to the repository
 * @param types packages of types that they need beside those of the language: `node` takes longer to read than the files
 */
export function programOf(files: ReadonlyMap<string, string>, types: string[] = []): ts.Program {
  const options = { ...config().options, types };
  const texts = new Map([...files].map(([path, text]) => [join(ROOT, path), text]));
  const host = ts.createCompilerHost(options);
  const inMemory = {
    ...host,
    fileExists: (path: string) => texts.has(path) || host.fileExists(path),
    readFile: (path: string) => texts.get(path) ?? host.readFile(path),
    getSourceFile: (path: string, languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions) => {
      const text = texts.get(path);
      return text === undefined ? host.getSourceFile(path, languageVersion) : ts.createSourceFile(path, text, languageVersion, true);
    },
  };
  return ts.createProgram([...texts.keys()], options, inMemory);
}

/** The files below `src/`, declaration files left out. */
export function sourcesOf(program: ts.Program): readonly ts.SourceFile[] {
  return program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && fileName.startsWith(SOURCES));
}

/** `src/aws/retry.ts:12` */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName.slice(ROOT.length)}:${line + 1}`;
}

function config(): ts.ParsedCommandLine {
  const path = join(ROOT, 'tsconfig.json');
  const { config: json, error } = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  return ts.parseJsonConfigFileContent(json, ts.sys, ROOT);
}
