import * as core from '@actions/core';
import { logText } from '../text/log.ts';

/** What goes to the runner: the log, annotations, outputs and the job's summary. */

/** The outputs of `action.yml`, in its order. */
export const OUTPUT_NAMES = [
  'drift',
  'drift-count',
  'widened-count',
  'unreadable-count',
  'fixed-count',
  'report-path',
  'sarif-path',
  'issue-number',
  'issue-url',
] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title?: string;
  /** Plain text; line breaks are kept. */
  readonly message: string;
  /** Path from the workspace, with `/`. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

const LEVELS = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** Prints lines to the log. Whatever the text says, it stays text: nothing in it is taken for a command. */
export function log(text: string): void {
  core.info(logText(text));
}

/** A collapsed part of the log. */
export function logGroup(title: string, text: string): void {
  core.startGroup(oneLine(title));
  log(text);
  core.endGroup();
}

/**
 * Marks a line of a file, or the run as a whole. The runner shows ten of each level for a step, the rest only in the log:
 * https://docs.github.com/actions/reference/limits
 */
export function annotate(annotation: Annotation): void {
  const properties: core.AnnotationProperties = {};
  if (annotation.title !== undefined) properties.title = oneLine(annotation.title);
  if (annotation.file !== undefined) properties.file = annotation.file;
  if (annotation.line !== undefined) properties.startLine = annotation.line;
  if (annotation.column !== undefined) properties.startColumn = annotation.column;
  LEVELS[annotation.level](logText(annotation.message), properties);
}

/** Fails the step, with the message as its error. Outputs can be set before and after. */
export function failStep(message: string): void {
  core.setFailed(logText(message));
}

/** Has the runner replace the secret with `***` in whatever is logged from now on. */
export function hideSecret(secret: string): void {
  if (secret !== '') core.setSecret(secret);
}

/** Sets outputs; those that are not named stay as they are. */
export function setOutputs(outputs: Partial<Record<OutputName, string | number | boolean>>): void {
  for (const name of OUTPUT_NAMES) {
    const value = outputs[name];
    if (value !== undefined) core.setOutput(name, value);
  }
}

/**
 * Appends Markdown to the job's summary. It has to be escaped and within 1 MiB already: the runner drops a larger summary whole.
 *
 * @returns why there is no summary, for a warning; `undefined` when there is one. A missing summary does not change what was found.
 */
export async function appendSummary(markdown: string): Promise<string | undefined> {
  try {
    await core.summary.addRaw(markdown, true).write();
    return undefined;
  } catch (error) {
    core.summary.emptyBuffer();
    return `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function oneLine(text: string): string {
  return logText(text.replace(/\s+/gu, ' '));
}
