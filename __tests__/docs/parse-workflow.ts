import { readFileSync } from 'node:fs';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { convertWorkflowTemplate } from '@actions/workflow-parser/model/convert';

/** Prints what GitHub's own parser has to say against the workflow of standard input. Runs only when bundled: the package imports JSON bare. */
const { context, value } = parseWorkflow({ name: 'workflow.yml', content: readFileSync(0, 'utf8') }, new NoOperationTraceWriter());
if (value !== undefined) await convertWorkflowTemplate(context, value);
process.stdout.write(JSON.stringify(context.errors.getErrors().map(String)));
