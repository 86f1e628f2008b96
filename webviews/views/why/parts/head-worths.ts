import type { ColourScale } from '../../../../src/display/colour-scale';
import { signedShare } from '../../../../src/display/scales';
import type { Why } from '../../../../src/shared/why-api';
import type { HeadWorths } from '../../attention/grid-picture';
import { formatSignedNats, scaleEndOf } from './numbers';

/** What every head wrote, for the grid of heads. @param difference −1 to 1, less to more surprising */
export function headWorths({ heads }: Why, difference: ColourScale): HeadWorths {
  const end = scaleEndOf(heads);
  return {
    shares: heads.map((value) => signedShare(value, end)),
    scale: (share) => difference(-share),
    text: (index) => formatSignedNats(heads[index] ?? 0),
  };
}
