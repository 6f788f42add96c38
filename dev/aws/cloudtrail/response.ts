import type { Json, JsonFields } from '../protocol/json.ts';
import { readXml, type XmlNode } from '../protocol/read-xml.ts';
import type { Service } from '../protocol/service.ts';
import { smallInitial } from './parameters.ts';

const SECRETS: ReadonlySet<string> = new Set(['SecretAccessKey', 'ServicePassword']);
/** Not in the events of captured CreateRole calls. */
const LEFT_OUT: ReadonlySet<string> = new Set(['MaxSessionDuration', 'RoleLastUsed']);
const NUMBERS: ReadonlySet<string> = new Set(['AttachmentCount', 'PermissionsBoundaryUsageCount']);
const FLAGS: ReadonlySet<string> = new Set(['IsAttachable', 'IsDefaultVersion', 'PasswordResetRequired']);
const DATES: ReadonlySet<string> = new Set(['CreateDate', 'Expiration', 'UpdateDate', 'UploadDate']);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `responseElements` of a call that has changed something; `result` is the content of its result element. `null` where it returns nothing. */
export function responseElements(service: Service, result: string | undefined): JsonFields | null {
  if (result === undefined || result === '') return null;
  return fields(service, readXml(`<Result>${result}</Result>`));
}

function fields(service: Service, { children }: XmlNode): JsonFields {
  const shown = children.filter(({ name }) => !SECRETS.has(name) && !LEFT_OUT.has(name));
  return Object.fromEntries(shown.map((child) => [smallInitial(child.name), jsonOf(service, child)]));
}

function jsonOf(service: Service, node: XmlNode): Json {
  const { name, text, children } = node;
  if (children.length > 0) return children[0]?.name === 'member' ? children.map((child) => jsonOf(service, child)) : fields(service, node);
  if (DATES.has(name)) return usDate(new Date(text), service);
  if (name === 'PermissionsBoundaryType') return 'Policy';
  if (NUMBERS.has(name)) return Number(text);
  return FLAGS.has(name) ? text === 'true' : text;
}

/** `Aug 1, 2024 1:37:41 PM`, in the events of STS `Aug 1, 2024, 1:37:41 PM`. */
function usDate(date: Date, service: Service): string {
  const hours = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}${service === 'sts' ? ',' : ''}`;
  return `${day} ${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}
