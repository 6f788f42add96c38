/** What decides access and was not compared, because the file does not state it. It is no drift, and alone it never fails the step. */
export interface NotCompared {
  /** ARN, or the policy as the file names it. */
  readonly resource: string;
  readonly what: 'policy-content' | 'group-policies' | 'credentials' | 'callers' | 'organization';
  /** How many accounts it is about. */
  readonly accounts: number;
}
