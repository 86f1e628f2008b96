import { MinHash } from '../../datasets/duplicates/min-hash';
import type { Funnel } from '../../datasets/funnel/funnel-api';
import { documentPair } from '../../datasets/funnel-page/document-pair';
import type { RejectedDocument, RemovedDocument } from '../../shared/filters-api';
import type { DocumentPair } from '../../shared/funnel-page-api';
import { isAnyEnough, isYesNo } from './condition';
import type { FunnelRow } from './funnel-rows';

/** Of each measure the most extreme, and as many on each side of its threshold. */
const EXAMPLES = 2;
/** Looked at for these: copies of one text are one example. */
const LOOKED_AT = 24;
/** Members of a cluster among which the nearest is looked for. */
const MOST_MEMBERS = 100;

/** A document as a measure sees it, and of one that is nearly the same as another the other. */
export interface Example {
  document: RejectedDocument;
  copy: ExampleCopy | undefined;
}

/** The document that stays instead of a copy. */
export interface ExampleCopy {
  /** The copy at the left, and what stays at the right. */
  pair: DocumentPair;
  /** How many are alike. */
  alike: number;
  /** The one with which the copy has most in common. */
  nearest: number;
}

/** Of a measure. */
export interface MeasureExamples {
  extreme: Example[];
  /** From those that go to those that stay. */
  nearThreshold: Example[];
}

/** Documents that each measure removes, and some that it nearly does, by its name. */
export async function findExamples(funnel: Funnel, rows: readonly FunnelRow[]): Promise<Map<string, MeasureExamples>> {
  const examples = new Map<string, MeasureExamples>();
  for (const { measures } of rows) {
    for (const one of measures) if (one.removed > 0) examples.set(one.measure.name, await examplesOf(funnel, one));
  }
  return examples;
}

async function examplesOf(
  funnel: Funnel,
  { measure, threshold }: FunnelRow['measures'][number],
): Promise<MeasureExamples> {
  const { name } = measure;
  const seen = new Set<string>();
  const extreme = distinct(await funnel.removed({ measures: [name], from: 0, count: LOOKED_AT }), seen);
  if (isYesNo(measure)) return { extreme: await opened(funnel, name, extreme), nearThreshold: [] };
  const near = await funnel.nearThreshold({ measure: name, count: LOOKED_AT });
  const removed = distinct(near.removed, seen).reverse();
  const kept = isAnyEnough(measure, threshold) ? [] : distinct(near.kept, seen);
  return {
    extreme: await opened(funnel, name, extreme),
    nearThreshold: await opened(funnel, name, [...removed, ...kept]),
  };
}

/** The first that begin in another way than all that were seen. */
function distinct(documents: readonly RemovedDocument[], seen: Set<string>): RemovedDocument[] {
  const found: RemovedDocument[] = [];
  for (const document of documents) {
    if (found.length === EXAMPLES) break;
    if (seen.has(document.beginning)) continue;
    seen.add(document.beginning);
    found.push(document);
  }
  return found;
}

async function opened(funnel: Funnel, measure: string, documents: readonly RemovedDocument[]): Promise<Example[]> {
  const examples: Example[] = [];
  for (const { index } of documents) {
    const document = await funnel.rejectedDocument({ index, measure });
    if (document) examples.push({ document, copy: await copyOf(funnel, document) });
  }
  return examples;
}

async function copyOf(funnel: Funnel, document: RejectedDocument): Promise<ExampleCopy | undefined> {
  if (document.copyOf === undefined || document.stays) return undefined;
  const { kept, members } = await funnel.cluster({ index: document.index, measure: document.reason });
  const [text = ''] = await funnel.texts({ indexes: [kept] });
  const pair = documentPair(document, { index: kept, text });
  const others = members.filter((member) => member !== kept && member !== document.index).slice(0, MOST_MEMBERS);
  return { pair, alike: members.length, nearest: await nearestOf(funnel, document.text, pair, others) };
}

/** What was measured of a copy is what it has in common with the nearest, which is not always the one that stays. */
async function nearestOf(
  funnel: Funnel,
  text: string,
  { alike, right }: DocumentPair,
  others: readonly number[],
): Promise<number> {
  const minHash = new MinHash();
  let [nearest, most] = [right.index, alike];
  for (const index of others) {
    const [other = ''] = await funnel.texts({ indexes: [index] });
    const similarity = minHash.similarity(text, other);
    if (similarity > most) [nearest, most] = [index, similarity];
  }
  return nearest;
}
