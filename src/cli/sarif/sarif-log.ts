import type { Log, ReportingDescriptor, Result } from 'sarif';
import { provenanceOf } from '../../recording/provenance';
import type { ModelInfo } from '../../shared/engine-api';
import { FINGERPRINT } from './fingerprints';
import type { ReadLines } from './read-lines';
import { uriOf } from './uri';

/** What is told of a part of a file; lines from 0, places in UTF-16 units of the line. */
export interface SarifResult {
  /** From the current folder, with `/`. */
  path: string;
  line: number;
  start: number;
  end: number;
  message: string;
  /** From 0 to 100, the most unusual last. */
  rank: number;
  fingerprint: string;
  /** Whether an earlier run has not read it; undefined where there is none. */
  isNew: boolean | undefined;
  /** In numbers. */
  properties: Record<string, number | string | null>;
}

/**
 * Results as a log of SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Each is a note.
 *
 * @param read all of which these are the most unusual
 */
export function sarifLog(
  rule: ReportingDescriptor,
  results: readonly SarifResult[],
  model: Pick<ModelInfo, 'name' | 'sha256' | 'approximation'>,
  read: ReadLines,
): Log {
  const { vitrine: version, ...provenance } = provenanceOf(model, []);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Vitrine', version, rules: [rule] } },
        columnKind: 'utf16CodeUnits',
        properties: { ...provenance, read: read.toJSON() },
        results: results.map((result) => sarifResult(rule.id, result)),
      },
    ],
  };
}

function sarifResult(ruleId: string, result: SarifResult): Result {
  const { path, line, start, end, message, rank, fingerprint, isNew, properties } = result;
  return {
    ruleId,
    ruleIndex: 0,
    level: 'note',
    message: { text: escaped(message) },
    rank,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path) },
          region: { startLine: line + 1, startColumn: start + 1, endColumn: end + 1 },
        },
      },
    ],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(isNew !== undefined && { baselineState: isNew ? 'new' : 'unchanged' }),
    properties,
  };
}

/** Braces stand for arguments of a message, brackets for links in it, unless they are escaped. */
const escaped = (message: string) => message.replaceAll(/[\\[\]]/g, '\\$&').replaceAll(/[{}]/g, '$&$&');
