import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { pathOf } from './pages.ts';

/** GitHub's own parser of workflows, bundled to run by itself. */
export interface WorkflowParser {
  /** What it has to say against a workflow; an empty list for a good one. */
  complaints(workflow: string): unknown;
  close(): void;
}

export function buildWorkflowParser(): WorkflowParser {
  const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
  const bundle = join(folder, 'parse-workflow.mjs');
  const source = fileURLToPath(new URL('./parse-workflow.ts', import.meta.url));
  // The parser asks for Node's own modules by require, which a module has not.
  const banner = "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const options = ['--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`, banner];
  spawnSync(pathOf('node_modules/.bin/esbuild'), [source, ...options], { stdio: 'ignore' });
  return {
    complaints: (workflow) => {
      const { stdout, stderr } = spawnSync(process.execPath, [bundle], { input: workflow, encoding: 'utf8' });
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
