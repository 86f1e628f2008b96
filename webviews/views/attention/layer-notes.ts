import { formatCount } from '../../../src/display/numbers';
import type { LayerInfo } from '../../../src/shared/engine-api';
import type { Term } from '../../glossary';
import { t } from '../../l10n';

/** What sets a layer apart, for a person: in a line of its own, as one of many things in a line, and the term that explains it. */
export interface LayerNote {
  text: string;
  short: string;
  term: Term;
}

export function layerNotes({ attention, slidingWindow, hasSinks, hasPositions }: LayerInfo): LayerNote[] {
  if (!attention) return [{ text: t('no attention matrix'), short: t('no attention matrix'), term: 'noAttention' }];
  const notes: LayerNote[] = [];
  if (slidingWindow !== undefined) {
    const sees = formatCount(slidingWindow);
    notes.push({
      text: t('local: a token sees the last {0}', sees),
      short: t('local ({0})', sees),
      term: 'localLayer',
    });
  }
  if (!hasPositions) notes.push({ text: t('without positions'), short: t('without positions'), term: 'noPositions' });
  if (hasSinks) notes.push({ text: t('each head with a sink of its own'), short: t('own sink'), term: 'ownSink' });
  return notes;
}

/** `local (512), own sink`; nothing of a layer that is like any other. */
export const layerNotesText = (layer: LayerInfo | undefined): string =>
  layer
    ? layerNotes(layer)
        .map(({ short }) => short)
        .join(', ')
    : '';
