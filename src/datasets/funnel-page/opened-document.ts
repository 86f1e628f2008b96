import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { RejectedDocument, Span } from '../../shared/filters-api';
import type { ClusterMembers, OpenedDocument } from '../../shared/funnel-page-api';
import type { Funnel } from '../funnel/funnel-api';
import type { PresetRule } from '../presets';
import { shownPart } from './shown-part';

/** Members of a cluster that are listed. */
const MOST_MEMBERS = 100;
/** Of a beginning, in UTF-16 units. */
const BEGINNING_UNITS = 200;
/** Reasons of texts in which something stands as U+FFFD. */
const REPLACED: readonly string[] = ['not_utf8', 'half_character'];

/**
 * A document that is removed, to be looked at.
 *
 * @param measure by which one is seen that stays
 * @throws VitrineError `dataset.notRemoved`
 */
export async function openedDocument(
  funnel: Funnel,
  { index, measure }: { index: number; measure: string | undefined },
  rules: readonly PresetRule[],
  text: (sentence: Sentence) => string,
): Promise<OpenedDocument> {
  const document = await funnel.rejectedDocument({ index, measure });
  if (!document) {
    throw new VitrineError('dataset.notRemoved', sentence`Document ${index + 1} stays now: no threshold removes it.`);
  }
  const problem = document.problem && text(document.problem);
  const spans = REPLACED.includes(document.reason) ? replacementMarks(document.text) : document.spans;
  const part = shownPart({ text: document.text, spans });
  return { ...document, ...part, problem, cluster: await clusterOf(document, funnel, rules) };
}

/** They stand for what is no character. */
function replacementMarks(text: string): Span[] {
  return Array.from(text.matchAll(/\ufffd+/g), ({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

async function clusterOf(
  { index, reason }: RejectedDocument,
  funnel: Funnel,
  rules: readonly PresetRule[],
): Promise<ClusterMembers | undefined> {
  const rule = rules.find(({ filter }) => filter.measures.some(({ name }) => name === reason));
  if (rule?.filter.kind !== 'copies') return undefined;
  const { kept, members } = await funnel.cluster({ index, measure: reason });
  const listed = members.slice(0, MOST_MEMBERS);
  const texts = await funnel.texts({ indexes: listed });
  const beginnings = texts.map((text) => text.slice(0, BEGINNING_UNITS).replaceAll(/\s+/g, ' '));
  return { kept, members: listed, size: members.length, beginnings };
}
