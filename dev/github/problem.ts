/** An error in the form of GitHub's answers: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;

  constructor(status: number, message: string, errors?: readonly FieldError[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: 'custom' | 'invalid' | 'missing_field' | 'already_exists';
  readonly message?: string;
}

export const notFound = () => new Problem(404, 'Not Found');
export const notAccessible = () => new Problem(403, 'Resource not accessible by integration');
export const invalid = (error: FieldError) => new Problem(422, 'Validation Failed', [error]);

/** Fails with 422 if the text is longer than GitHub accepts. */
export function atMost(limit: number, resource: string, field: string, text: string): void {
  if ([...text].length <= limit) return;
  throw invalid({ resource, field, code: 'custom', message: `${field} is too long (maximum is ${limit} characters)` });
}
