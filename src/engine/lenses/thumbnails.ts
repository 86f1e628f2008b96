import { thumbnailsOf } from '../thumbnails';
import type { LensOf } from './lens';

/** Every head's pattern in small. */
export const thumbnails: LensOf<'thumbnails'> = {
  runsGraph: false,
  answer: ({ size }, { model, trace }) => thumbnailsOf(trace, model.compiled.config, size),
};
