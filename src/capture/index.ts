/** Live state → the text of a desired-state file that says so. Pure. */
export { type Captured, captureFile } from './capture-file.ts';
export { callerRemarks } from './edit-callers.ts';
export { type GrantedRoles, grantedRoles } from './granted-roles.ts';
export { type Remark, remarksOf } from './remarks.ts';
