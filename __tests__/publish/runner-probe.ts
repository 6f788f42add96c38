import { annotate, appendSummary, failStep, hideSecret, log, setOutputs } from '../../src/publish/runner.ts';

/** Does each thing once, in a process of its own: the toolkit writes to the process's output and files. */
log('::error::from a name\nplain');
annotate({ level: 'warning', title: 'a: b,\nc', message: 'two\nlines ::x', file: 'a,b.yml', line: 3, column: 7 });
annotate({ level: 'notice', message: '##[error]x' });
hideSecret('s3cret');
hideSecret('');
for (const problem of setOutputs({ drift: true, 'drift-count': 0, 'report-path': 'a\nb', 'issue-number': '' })) log(problem);
const problem = await appendSummary('# Markdown');
if (problem !== undefined) log(problem);
failStep('drift\n::x');
