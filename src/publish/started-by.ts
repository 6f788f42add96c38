import { readEvent } from './event-file.ts';

/**
 * The event that started the workflow. When `@actions/github` is loaded, it parses the same file and throws where it can't; so this module has to be loaded
 * before whatever loads that.
 */
export const event = readEvent(process.env.GITHUB_EVENT_PATH);
if (event.problem !== '') delete process.env.GITHUB_EVENT_PATH;
