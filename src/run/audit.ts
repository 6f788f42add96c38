import type { Report } from '../report/model/schema.ts';
import { compare } from './compare.ts';
import { withAuditor } from './hub-access.ts';
import type { Task } from './task.ts';

/** An audit: live → drift → plan → report. */
export function audit(task: Task): Promise<Report> {
  return withAuditor(task, async ({ reading }) => compare(task, reading).report);
}
