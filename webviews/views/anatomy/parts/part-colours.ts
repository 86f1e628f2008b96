import { cssColour } from '../../../../src/display/colour-scale';
import type { AnatomyPart } from '../../../../src/shared/anatomy-api';
import type { Theme } from '../../../kit/theme';

/** How dark a part is that has no hue of its own. */
const GREYS: Readonly<Record<Exclude<AnatomyPart, 'attention'>, number>> = {
  embedding: 0.35,
  mlp: 0.7,
  norm: 1,
  unembedding: 0.35,
};

/** Blue is attention, as everywhere. */
export const partColour = (part: AnatomyPart, theme: Theme): string =>
  cssColour(part === 'attention' ? theme.mark('blue')(0.8) : theme.greyMark(GREYS[part]));
