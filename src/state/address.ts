/** Address of a user, group or role. `kind` is the word that the names of IAM's actions and parameters are made of. */
export interface Entity {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly account: string;
  readonly name: string;
}

/** Address of a managed policy. One of AWS's own is at the hub, where it is read. `name` has its path. */
export interface PolicyEntity {
  readonly kind: 'Policy';
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  /** Of AWS, or of the hub account; else it is a target's. */
  readonly isInHub: boolean;
}

/** What a call of IAM can be about. */
export type IamResource = Entity | PolicyEntity;
