import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderMarkdown } from './markdown.ts';
import { type Style, styleFor, wrap } from './style.ts';

const COLUMNS = 118;

/** Shows the demo, and checks what it claims. */
export class Stage {
  /** Claims that did not hold. */
  readonly failed: string[] = [];
  claims = 0;
  readonly folder: string;
  readonly style: Style;

  private constructor(folder: string, style: Style) {
    this.folder = folder;
    this.style = style;
  }

  /** Prints to standard output; files go into a new temporary folder. */
  static async open(): Promise<Stage> {
    return new Stage(await mkdtemp(join(tmpdir(), 'assume-role-drift-')), styleFor(process.stdout, process.env));
  }

  print(...lines: readonly string[]): void {
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  title(text: string): void {
    this.print('', this.style.bold(this.style.cyan(`── ${text} ${'─'.repeat(Math.max(0, COLUMNS - text.length - 4))}`)), '');
  }

  prose(text: string): void {
    this.print(...wrap(text, COLUMNS));
  }

  /** Shows what GitHub would show. */
  markdown(text: string, isOpen: (title: string) => boolean = () => false): void {
    this.print(
      ...renderMarkdown(text.trim(), { style: this.style, columns: COLUMNS - 4, isOpen }).map((line) => this.style.dim('│ ') + line),
    );
  }

  /** States a claim; the demo fails if it does not hold. */
  claim(text: string, holds: boolean): void {
    this.claims += 1;
    if (!holds) this.failed.push(text);
    this.print(holds ? `${this.style.green('✓')} ${text}` : `${this.style.red('✗')} ${this.style.bold(text)}`);
  }

  async save(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text);
  }
}
