export { type FileError, formatFileError } from './file-error.ts';
export { type DesiredOrErrors, parseDesired, parseFrame } from './parse.ts';
