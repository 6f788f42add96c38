/** What was not compared: it decides access and the file does not state it, or it is of the organization and was not read. It is no drift, and alone it never fails the step. */
export interface NotCompared {
  /** ARN, the policy as the file names it, the id of an organizational unit, or `organization`. */
  readonly resource: string;
  readonly what: 'policy-content' | 'group-policies' | 'credentials' | 'callers' | 'organization';
  /** How many accounts it is about. */
  readonly accounts: number;
}
