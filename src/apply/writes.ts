import * as iam from '@aws-sdk/client-iam';
import { z } from 'zod';
import type { IamCommand } from '../aws/clients.ts';
import type { Session } from '../aws/session.ts';
import type { IamCall } from '../plan/call.ts';

/** What an answer to a write tells. */
export interface Answered {
  /** By which CloudTrail and AWS's support know the call; `null` where the answer has none. */
  readonly requestId: string | null;
  /** Id of the version of a managed policy that the call created. */
  readonly version?: string;
}

type Write = (session: Session, input: unknown) => Promise<Answered>;

const text = z.string();
const tag = z.strictObject({ Key: text, Value: text });
const user = { UserName: text } as const;
const group = { GroupName: text } as const;
const role = { RoleName: text } as const;
const inline = { PolicyName: text, PolicyDocument: text } as const;
const named = { PolicyName: text } as const;
const managed = { PolicyArn: text } as const;
const version = { VersionId: text } as const;
const boundary = { PermissionsBoundary: text } as const;
const optional = { Path: text.optional(), PermissionsBoundary: text.optional(), Tags: z.array(tag).optional() } as const;

/**
 * Every call that changes something, and the keys that its input may have. What is not here is never called, whatever a plan or a report says.
 * Users are neither created nor deleted, and neither keys nor passwords are touched.
 */
const WRITES = {
  'iam:AttachUserPolicy': write({ ...user, ...managed }, (input) => new iam.AttachUserPolicyCommand(input)),
  'iam:DetachUserPolicy': write({ ...user, ...managed }, (input) => new iam.DetachUserPolicyCommand(input)),
  'iam:PutUserPolicy': write({ ...user, ...inline }, (input) => new iam.PutUserPolicyCommand(input)),
  'iam:DeleteUserPolicy': write({ ...user, ...named }, (input) => new iam.DeleteUserPolicyCommand(input)),
  'iam:PutUserPermissionsBoundary': write({ ...user, ...boundary }, (input) => new iam.PutUserPermissionsBoundaryCommand(input)),
  'iam:DeleteUserPermissionsBoundary': write(user, (input) => new iam.DeleteUserPermissionsBoundaryCommand(input)),
  'iam:CreateGroup': write({ ...group, Path: text.optional() }, (input) => new iam.CreateGroupCommand(input)),
  'iam:DeleteGroup': write(group, (input) => new iam.DeleteGroupCommand(input)),
  'iam:AttachGroupPolicy': write({ ...group, ...managed }, (input) => new iam.AttachGroupPolicyCommand(input)),
  'iam:DetachGroupPolicy': write({ ...group, ...managed }, (input) => new iam.DetachGroupPolicyCommand(input)),
  'iam:PutGroupPolicy': write({ ...group, ...inline }, (input) => new iam.PutGroupPolicyCommand(input)),
  'iam:DeleteGroupPolicy': write({ ...group, ...named }, (input) => new iam.DeleteGroupPolicyCommand(input)),
  'iam:AddUserToGroup': write({ ...group, ...user }, (input) => new iam.AddUserToGroupCommand(input)),
  'iam:RemoveUserFromGroup': write({ ...group, ...user }, (input) => new iam.RemoveUserFromGroupCommand(input)),
  'iam:CreateRole': write(
    {
      ...role,
      ...optional,
      AssumeRolePolicyDocument: text,
      Description: text.optional(),
      MaxSessionDuration: z.int().optional(),
    },
    (input) => new iam.CreateRoleCommand(input),
  ),
  'iam:DeleteRole': write(role, (input) => new iam.DeleteRoleCommand(input)),
  'iam:UpdateRole': write(
    { ...role, Description: text.optional(), MaxSessionDuration: z.int().optional() },
    (input) => new iam.UpdateRoleCommand(input),
  ),
  'iam:UpdateAssumeRolePolicy': write({ ...role, PolicyDocument: text }, (input) => new iam.UpdateAssumeRolePolicyCommand(input)),
  'iam:AttachRolePolicy': write({ ...role, ...managed }, (input) => new iam.AttachRolePolicyCommand(input)),
  'iam:DetachRolePolicy': write({ ...role, ...managed }, (input) => new iam.DetachRolePolicyCommand(input)),
  'iam:PutRolePolicy': write({ ...role, ...inline }, (input) => new iam.PutRolePolicyCommand(input)),
  'iam:DeleteRolePolicy': write({ ...role, ...named }, (input) => new iam.DeleteRolePolicyCommand(input)),
  'iam:PutRolePermissionsBoundary': write({ ...role, ...boundary }, (input) => new iam.PutRolePermissionsBoundaryCommand(input)),
  'iam:DeleteRolePermissionsBoundary': write(role, (input) => new iam.DeleteRolePermissionsBoundaryCommand(input)),
  'iam:CreatePolicy': write({ ...named, PolicyDocument: text, Path: text.optional() }, (input) => new iam.CreatePolicyCommand(input)),
  'iam:DeletePolicy': write(managed, (input) => new iam.DeletePolicyCommand(input)),
  'iam:CreatePolicyVersion': write(
    { ...managed, PolicyDocument: text, SetAsDefault: z.literal(true) },
    (input) => new iam.CreatePolicyVersionCommand(input),
  ),
  'iam:SetDefaultPolicyVersion': write({ ...managed, ...version }, (input) => new iam.SetDefaultPolicyVersionCommand(input)),
  'iam:DeletePolicyVersion': write({ ...managed, ...version }, (input) => new iam.DeletePolicyVersionCommand(input)),
  'iam:TagRole': write({ ...role, Tags: z.array(tag) }, (input) => new iam.TagRoleCommand(input)),
  'iam:UntagRole': write({ ...role, TagKeys: z.array(text) }, (input) => new iam.UntagRoleCommand(input)),
} as const satisfies Record<`iam:${string}`, Write>;

type WriteAction = keyof typeof WRITES;

/** The IAM actions that a repair or its undoing may call: what a fixer's policies have to allow. */
export const WRITE_ACTIONS: readonly WriteAction[] = Object.keys(WRITES).filter(isWriteAction);

function isWriteAction(action: string): action is WriteAction {
  return Object.hasOwn(WRITES, action);
}

function write<Shape extends z.ZodRawShape, In extends iam.ServiceInputTypes, Out extends iam.ServiceOutputTypes>(
  keys: Shape,
  command: (input: z.output<z.ZodObject<Shape, z.core.$strict>>) => IamCommand<In, Out>,
): Write {
  const form = z.strictObject(keys);
  return async (session, input) => {
    const answer = await session.sendOnce(command(form.parse(input)));
    const requestId = answer.$metadata.requestId ?? null;
    const created = 'PolicyVersion' in answer ? answer.PolicyVersion?.VersionId : undefined;
    return created === undefined ? { requestId } : { requestId, version: created };
  };
}

/**
 * Makes the call, once.
 *
 * @throws {Error} without a request where the call is none of `WRITE_ACTIONS` or its input has other keys than it may have; else AWS's error
 */
export async function sendOnce(session: Session, { action, input }: IamCall): Promise<Answered> {
  if (!isWriteAction(action)) throw new Error(`this action does not make the call ${action}`);
  return WRITES[action](session, input);
}
