import { readFileSync } from 'node:fs';
import { NoOperationTraceWriter } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';

/** Prints what GitHub's own parser has to say against the action.yml of standard input. Runs only when bundled: the package imports JSON bare. */
const { context } = parseAction({ name: 'action.yml', content: readFileSync(0, 'utf8') }, new NoOperationTraceWriter());
process.stdout.write(JSON.stringify(context.errors.getErrors().map(String)));
