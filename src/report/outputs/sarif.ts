import type { Invocation, Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { isUrgent, RULE_NAMES, RULES, type Rule } from '../../state/rules.ts';
import { cut, singleLine, withFullStop } from '../../text/visible.ts';
import { ACCESS_TEXTS } from '../model/access-texts.ts';
import { isIncomplete, readErrors } from '../model/completeness.ts';
import { isOpen, worstFirst } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { causeText } from '../sections/cause-line.ts';
import { percentEncoded } from '../sections/links.ts';

/** GitHub shows 5,000 results of a run and refuses more than 25,000: https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const MAX_RESULTS = 5_000;
/** Keeps 5,000 results under GitHub's limit of 10 MB for the compressed file. */
const MAX_TEXT = 800;
const MAX_NOTIFICATIONS = 1_000;

const LEVELS = { widened: 'error', changed: 'error', narrowed: 'warning', none: 'note' } as const;

/**
 * The report as SARIF 2.1.0 for code scanning: a result for each open finding, located in the desired-state file, and a notification for what could
 * not be read. Accepted findings are left out: code scanning ignores suppressions and would show them as open alerts
 * (https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning). https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @param report already masked where account ids must not appear
 */
export function renderSarif(report: Report): Log {
  const findings = worstFirst(report, isOpen);
  const shown = findings.slice(0, MAX_RESULTS);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Assume-Role Drift', version: report.run.toolVersion, rules: RULE_NAMES.map(descriptor) },
        },
        automationDetails: { id: analysisOf(report) },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(report, findings.length - shown.length)],
        results: shown.map(result),
      },
    ],
  };
}

/** One analysis for each hub and file, so that two of them in a repository don't close each other's alerts. */
function analysisOf({ hub, run: { desiredState } }: Report): string {
  return `assume-role-drift/${hub.account}/${desiredState.path}/`;
}

function descriptor(id: Rule): ReportingDescriptor {
  const { title, meaning, remedy } = RULES[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: meaning },
    help: { text: `${meaning}\n\nWhat to do: ${remedy}`, markdown: `${meaning}\n\n**What to do:** ${remedy}` },
    properties: { tags: ['security', 'iam', ...RULES[id].of.split(' or ')] },
  };
}

function result(finding: ReportFinding): Result {
  const { rule, id, access } = finding;
  return {
    ruleId: rule,
    ruleIndex: RULE_NAMES.indexOf(rule),
    level: isUrgent(rule) ? 'error' : LEVELS[access],
    message: { text: resultText(finding) },
    locations: [locationOf(finding)],
    // GitHub recognizes an alert by the first. Without it GitHub would hash the line, and confuse two findings on one line.
    partialFingerprints: { primaryLocationLineHash: id, 'assumeRoleDrift/v1': id },
    properties: { access, account: finding.account, resource: singleLine(cut(finding.resource, MAX_TEXT)) },
  };
}

function resultText(finding: ReportFinding): string {
  const { message, access, account, witness, explanation } = finding;
  const parts = [
    withFullStop(message),
    `Account ${account}; ${access}: ${ACCESS_TEXTS[access].meaning}.`,
    causeText(finding),
    ...explanation.slice(0, 3).map(withFullStop),
    witness === null || witness === '' ? '' : `For example, ${withFullStop(witness)}`,
  ];
  return text(parts.filter((part) => part !== '').join(' '));
}

function locationOf({ location: { file, line, column }, resource }: Pick<ReportFinding, 'location' | 'resource'>): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(percentEncoded).join('/'), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
    logicalLocations: [{ fullyQualifiedName: singleLine(cut(resource, MAX_TEXT)), kind: 'resource' }],
  };
}

function invocation(report: Report, leftOut: number): Invocation {
  const { run, hub, targets } = report;
  const errors = readErrors(report);
  const checkOnly = run.mode === 'validate';
  const own = (checkOnly ? [] : [hub, ...targets]).flatMap(({ account, error }) => (error === null ? [] : [{ account, ...error }]));
  const all = new Map([...own, ...errors].map((error) => [JSON.stringify([error.account, error.code, error.call, error.message]), error]));
  const notifications = [...all.values()].slice(0, MAX_NOTIFICATIONS).map(
    ({ account, code, call, message, advice }): Notification => ({
      level: 'error',
      descriptor: { id: code === '' ? 'unreadable' : singleLine(cut(code, 100)) },
      message: {
        text: text([account === '' ? '' : `Account ${account} could not be read:`, withFullStop(`${call} ${message}`), advice].join(' ')),
      },
    }),
  );
  return {
    executionSuccessful: checkOnly ? errors.length === 0 : !isIncomplete(report),
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    toolExecutionNotifications: [...notifications, ...cutNote(leftOut), ...cutNote(all.size - notifications.length)],
  };
}

function cutNote(leftOut: number): Notification[] {
  if (leftOut <= 0) return [];
  return [
    {
      level: 'warning',
      descriptor: { id: 'left-out' },
      message: { text: `${leftOut} more results are not included, the least severe first. The JSON report has all of them.` },
    },
  ];
}

/** In a SARIF message brackets make links unless they are escaped (§3.11.6). */
function text(message: string): string {
  return cut(singleLine(message), MAX_TEXT).replace(/[[\]\\]/g, '\\$&');
}
