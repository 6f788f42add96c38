/** An error in AWS's answer: its code, HTTP status and message are sent as they are. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

export const noSuchEntity = (message: string): AwsError => new AwsError('NoSuchEntity', 404, message);
export const alreadyExists = (message: string): AwsError => new AwsError('EntityAlreadyExists', 409, message);
export const deleteConflict = (message: string): AwsError => new AwsError('DeleteConflict', 409, message);
export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceeded', 409, message);
export const invalidInput = (message: string): AwsError => new AwsError('InvalidInput', 400, message);
export const validationError = (message: string): AwsError => new AwsError('ValidationError', 400, message);
export const malformedPolicy = (message: string): AwsError => new AwsError('MalformedPolicyDocument', 400, message);
export const accessDenied = (message: string): AwsError => new AwsError('AccessDenied', 403, message);
