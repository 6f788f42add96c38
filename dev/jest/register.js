/** Preloaded into jest and its workers (`--import`): they take TypeScript, and `@jest/globals` from here. */
import 'tsx';
import { register } from 'node:module';

register('./hooks.js', import.meta.url);
