import * as core from '@actions/core';
import { logLine, logText } from '../text/log.ts';

/** What goes to the runner: the log, annotations, outputs and the job summary. */

/** The outputs of `action.yml`, in its order. */
export const OUTPUT_NAMES = [
  'drift',
  'drift-count',
  'widened-count',
  'broken-count',
  'unreadable-count',
  'fixed-count',
  'new-count',
  'gone-count',
  'headline',
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
  /** Path relative to the workspace, with `/`. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

/** The runner, as a run uses it. */
export interface Runner {
  readonly log: (text: string) => void;
  readonly annotate: (annotation: Annotation) => void;
  readonly failStep: (message: string) => void;
  readonly hideSecret: (secret: string) => void;
  readonly setOutputs: (outputs: Outputs) => string[];
  readonly appendSummary: (markdown: string) => Promise<string | undefined>;
}

export type Outputs = Partial<Record<OutputName, string | number | boolean>>;

const LEVELS = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** Prints lines to the log. The runner takes nothing in them for a command. */
export function log(text: string): void {
  core.info(logText(text));
}

/**
 * Annotates a line of a file, or the run as a whole. GitHub shows ten annotations of each level for a step, and the others only in the log:
 * https://docs.github.com/actions/reference/limits
 */
export function annotate(annotation: Annotation): void {
  const properties: core.AnnotationProperties = {};
  if (annotation.title !== undefined) properties.title = logLine(annotation.title);
  if (annotation.file !== undefined) properties.file = annotation.file;
  if (annotation.line !== undefined) properties.startLine = annotation.line;
  if (annotation.column !== undefined) properties.startColumn = annotation.column;
  LEVELS[annotation.level](logText(annotation.message), properties);
}

/** Fails the step, with the message as its error. Outputs can still be set. */
export function failStep(message: string): void {
  core.setFailed(logText(message));
}

/** From now on the runner replaces the secret with `***` in the log. */
export function hideSecret(secret: string): void {
  if (secret !== '') core.setSecret(secret);
}

/**
 * Sets the outputs that are given.
 *
 * @returns why they could not be set, in a sentence. The disk may be full, or a container lack the runner's folder.
 */
export function setOutputs(outputs: Outputs): string[] {
  try {
    for (const name of OUTPUT_NAMES) {
      const value = outputs[name];
      if (value !== undefined) core.setOutput(name, value);
    }
    return [];
  } catch (error) {
    return [`The outputs could not be set, so they are missing in later steps: ${messageOf(error)}.`];
  }
}

/**
 * Appends Markdown to the job summary. It must already be escaped, and within 1 MiB: the runner drops a larger summary entirely.
 *
 * @returns a warning, if the summary could not be written. That does not change the result of the run.
 */
export async function appendSummary(markdown: string): Promise<string | undefined> {
  try {
    await core.summary.addRaw(markdown, true).write();
    return undefined;
  } catch (error) {
    core.summary.emptyBuffer();
    return `The job summary could not be written: ${messageOf(error)}`;
  }
}

/** The process's own. */
export const actionsRunner: Runner = { log, annotate, failStep, hideSecret, setOutputs, appendSummary };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
