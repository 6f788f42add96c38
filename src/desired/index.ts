export { type FileError, formatFileError } from './file-error.ts';
export { type DesiredOrErrors, type FrameOrErrors, parseDesired, parseFrame } from './parse.ts';
