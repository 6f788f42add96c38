/** An issue or comment as GitHub lists it. */
interface Authored {
  readonly user?: { readonly type?: string | null | undefined } | null | undefined;
  readonly author_association?: string | null | undefined;
}

/** Whether an app wrote it, or somebody with rights in the repository. */
export function hasTrustedAuthor({ user, author_association: association }: Authored): boolean {
  return user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association ?? '');
}
