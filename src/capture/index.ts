/** Live state → the text of a desired-state file that says so. Pure. */

export { callerRemarks } from './caller-remarks.ts';
export { type Captured, captureFile } from './capture-file.ts';
export { type GrantedRoles, grantedRoles } from './granted-roles.ts';
export { candidateTargets, type NotTakenIn, takenIn } from './organization-candidates.ts';
export { type Remark, remarksOf } from './remarks.ts';
