import { attachmentActions } from './attachments.ts';
import { authorizationDetailActions } from './authorization-details.ts';
import { boundaryActions } from './boundaries.ts';
import type { Actions } from './call.ts';
import { credentialActions } from './credentials.ts';
import { groupActions } from './groups.ts';
import { inlineActions } from './inline.ts';
import { keyActions } from './keys.ts';
import { loginActions } from './logins.ts';
import { policyActions } from './policies.ts';
import { providerActions } from './providers.ts';
import { roleActions } from './roles.ts';
import { summaryActions } from './summary.ts';
import { tagActions } from './tags.ts';
import { userActions } from './users.ts';

export const iamActions: Actions = {
  ...userActions,
  ...groupActions,
  ...roleActions,
  ...inlineActions,
  ...attachmentActions,
  ...boundaryActions,
  ...tagActions,
  ...keyActions,
  ...credentialActions,
  ...loginActions,
  ...policyActions,
  ...providerActions,
  ...summaryActions,
  ...authorizationDetailActions,
};
