export { type FileError, formatFileError } from './file-error.ts';
export { type DesiredOrErrors, parseDesired, parseStarterFile } from './parse.ts';
