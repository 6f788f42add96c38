import { readFileSync } from 'node:fs';

/** The event that started the workflow. */
export interface WorkflowEvent {
  /** Parsed, of any form; `undefined` if it could not be read. https://docs.github.com/webhooks/webhook-events-and-payloads */
  readonly payload: unknown;
  /** Why it could not be read, in a sentence for people; empty otherwise. */
  readonly problem: string;
}

/**
 * Reads the event's payload.
 *
 * @param path `GITHUB_EVENT_PATH`: https://docs.github.com/actions/reference/variables-reference
 */
export function readEvent(path: string | undefined): WorkflowEvent {
  const without = (problem: string): WorkflowEvent => ({ payload: undefined, problem });
  if (path === undefined || path === '') return without('GITHUB_EVENT_PATH is not set.');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code');
    return without(`The file that GITHUB_EVENT_PATH names can't be read (${String(code ?? 'unknown error')}).`);
  }
  if (text.trim() === '') return without('The file that GITHUB_EVENT_PATH names is empty.');
  try {
    const payload: unknown = JSON.parse(text);
    const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
    return isObject ? { payload, problem: '' } : without('The file that GITHUB_EVENT_PATH names contains no JSON object.');
  } catch {
    return without('The file that GITHUB_EVENT_PATH names is not JSON.');
  }
}
