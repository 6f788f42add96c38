import type { Invocation, Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { RULES, type Rule } from '../../state/rules.ts';
import { cut, sentence, stop } from '../../text/visible.ts';
import { isOpen, worstFirst } from '../model/order.ts';
import { RULE_TEXTS } from '../model/rule-texts.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { percentEncoded } from '../sections/links.ts';
import { ACCESS_TEXTS, isIncomplete } from '../sections/verdict.ts';

/** GitHub shows 5,000 results of a run and refuses more than 25,000: https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const MAX_RESULTS = 5_000;
/** So that 5,000 results stay under GitHub's 10 MB, which count once the file is compressed. */
const MAX_TEXT = 800;
const MAX_NOTIFICATIONS = 1_000;

const LEVELS = { widened: 'error', changed: 'error', narrowed: 'warning', none: 'note' } as const;
const RULE_IDS: readonly Rule[] = Object.keys(RULES).filter((id): id is Rule => Object.hasOwn(RULES, id));
const RULE_INDEX: ReadonlyMap<string, number> = new Map(RULE_IDS.map((id, index) => [id, index]));

/**
 * The report as SARIF 2.1.0 for code scanning: a result for each open finding, placed in the desired-state file; what could not be
 * read as notifications. Accepted findings are left out: code scanning does not know suppressions and would show them as open alerts
 * (https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning). https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @param report masked already where it has to be
 */
export function renderSarif(report: Report): Log {
  const findings = worstFirst(report.findings.filter(isOpen), report.hub.account);
  const shown = findings.slice(0, MAX_RESULTS);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Assume-Role Drift', version: report.run.toolVersion, rules: RULE_IDS.map(descriptor) },
        },
        automationDetails: { id: analysisOf(report) },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(report, findings.length - shown.length)],
        results: shown.map(result),
      },
    ],
  };
}

/** One analysis for each hub, file and shard, so that two of them in a repository don't close each other's alerts. */
function analysisOf({ hub, run: { desiredState, shard } }: Report): string {
  const part = shard === null ? '' : `shard-${shard.index}-of-${shard.count}/`;
  return `assume-role-drift/${hub.account}/${desiredState.path}/${part}`;
}

function descriptor(id: Rule): ReportingDescriptor {
  const { title, meaning, remedy } = RULE_TEXTS[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: meaning },
    help: { text: `${meaning}\n\nWhat to do: ${remedy}`, markdown: `${meaning}\n\n**What to do:** ${remedy}` },
    properties: { tags: ['security', 'iam', RULES[id].of] },
  };
}

function result(finding: ReportFinding): Result {
  const { rule, id, access } = finding;
  const ruleIndex = RULE_INDEX.get(rule);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[access],
    message: { text: message(finding) },
    locations: [location(finding)],
    // GitHub knows an alert again by the first; without it, it would hash the line, and two findings on a line would swap.
    partialFingerprints: { primaryLocationLineHash: id, 'assumeRoleDrift/v1': id },
    properties: { access, account: finding.account, resource: sentence(cut(finding.resource, MAX_TEXT)) },
  };
}

function message({ message: told, access, account, witness, explanation }: ReportFinding): string {
  const parts = [
    stop(told),
    `Account ${account}; ${access}: ${ACCESS_TEXTS[access].meaning}.`,
    ...explanation.slice(0, 3).map(stop),
    witness === null || witness === '' ? '' : `For example, ${stop(witness)}`,
  ];
  return text(parts.filter((part) => part !== '').join(' '));
}

function location({ location: { file, line, column }, resource }: Pick<ReportFinding, 'location' | 'resource'>): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(percentEncoded).join('/'), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
    logicalLocations: [{ fullyQualifiedName: sentence(cut(resource, MAX_TEXT)), kind: 'resource' }],
  };
}

function invocation(report: Report, leftOut: number): Invocation {
  const { run, hub, targets, errors } = report;
  const checkOnly = run.mode === 'validate';
  const own = (checkOnly ? [] : [hub, ...targets]).flatMap(({ account, error }) => (error === null ? [] : [{ account, ...error }]));
  const all = new Map([...own, ...errors].map((error) => [JSON.stringify([error.account, error.code, error.call, error.message]), error]));
  const notifications = [...all.values()].slice(0, MAX_NOTIFICATIONS).map(
    ({ account, code, call, message: told, advice }): Notification => ({
      level: 'error',
      descriptor: { id: code === '' ? 'unreadable' : sentence(cut(code, 100)) },
      message: { text: text([account === '' ? '' : `Account ${account} could not be read:`, stop(`${call} ${told}`), advice].join(' ')) },
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
      message: { text: `${leftOut} more are left out here, the least severe first; the JSON report has them all.` },
    },
  ];
}

/** Brackets make links in a SARIF message unless they are escaped (§3.11.6). */
function text(told: string): string {
  return cut(sentence(told), MAX_TEXT).replace(/[[\]\\]/g, '\\$&');
}
