import type { Log, ReportingDescriptor, Result } from 'sarif';
import { provenanceOf } from '../../recording/provenance';
import type { ModelInfo } from '../../shared/engine-api';
import type { Baseline } from './baseline';
import { FINGERPRINT } from './fingerprints';

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
  /** In numbers. */
  properties: Record<string, number | string | null>;
}

/**
 * Results as a log of SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Each is a note. Those that the
 * baseline has are unchanged, the others new.
 */
export function sarifLog(
  rule: ReportingDescriptor,
  results: readonly SarifResult[],
  model: Pick<ModelInfo, 'name' | 'sha256' | 'approximation'>,
  baseline: Baseline | undefined,
): Log {
  const { vitrine: version, ...provenance } = provenanceOf(model, []);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Vitrine', version, rules: [rule] } },
        columnKind: 'utf16CodeUnits',
        properties: { ...provenance },
        results: results.map((result) => sarifResult(rule.id, result, baseline)),
      },
    ],
  };
}

function sarifResult(ruleId: string, result: SarifResult, baseline: Baseline | undefined): Result {
  const { path, line, start, end, message, rank, fingerprint, properties } = result;
  const uri = uriOf(path);
  return {
    ruleId,
    ruleIndex: 0,
    level: 'note',
    message: { text: escaped(message) },
    rank,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri },
          region: { startLine: line + 1, startColumn: start + 1, endColumn: end + 1 },
        },
      },
    ],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(baseline && { baselineState: baseline.has(uri, fingerprint) ? 'unchanged' : 'new' }),
    properties,
  };
}

/** Braces stand for arguments of a message, brackets for links in it, unless they are escaped. */
const escaped = (message: string) => message.replaceAll(/[\\[\]]/g, '\\$&').replaceAll(/[{}]/g, '$&$&');

/** The address that results have of a path. */
export const uriOf = (path: string) => encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
