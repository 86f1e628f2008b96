import type { ChosenHues } from '../../shared/colour-scale';
import { QUANTITY_HUES, type Quantity } from '../../shared/quantities';
import { endsOf } from '../decorations/quantities';
import { type Ground, LEVELS, tintOf } from '../decorations/tints';
import type { Translate } from '../translate';

/** What a text is coloured by, the size of the model's vocabulary, and how the colours look. */
export interface Legend {
  quantity: Quantity;
  vocabulary: number;
  ground: Ground;
  hues?: ChosenHues;
}

/** What the colours and underlines of a text mean, as Markdown. */
export function legendLines({ quantity, vocabulary, ground, hues }: Legend, t: Translate): string[] {
  const [quiet, loud] = endsOf(quantity, vocabulary);
  const scale = `**${nameOf(quantity, t)}** ${quiet} ${swatches(quantity, ground, hues)} ${BEYOND[quantity]}${loud}`;
  if (quantity === 'entropy') return [scale];
  return [scale, t('Underlines: none for the first guess, dotted for 2 to 10, dashed for 11 to 100, solid beyond.')];
}

/** What the loud end of a scale stands for too. */
const BEYOND: Record<Quantity, string> = { surprisal: '≥ ', probability: '≤ ', rank: '≥ ', entropy: '' };

function nameOf(quantity: Quantity, t: Translate): string {
  switch (quantity) {
    case 'surprisal':
      return t('Surprisal');
    case 'probability':
      return t('Probability');
    case 'rank':
      return t('Rank');
    case 'entropy':
      return t('Entropy');
  }
}

/** The tints from the lowest, which is bare, to the strongest. */
function swatches(quantity: Quantity, ground: Ground, hues: ChosenHues | undefined): string {
  return Array.from({ length: LEVELS }, (_, level) => {
    const { colour, opacity } = tintOf(QUANTITY_HUES[quantity], ground, level, hues);
    const hex = [...colour, Math.round(255 * opacity)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `<span style="background-color:#${hex};">&nbsp;&nbsp;</span>`;
  }).join('');
}
