import { questionOf } from '../why/asked';
import { Attribution } from '../why/attribution';
import { ChangedRow } from '../why/changed-row';
import { directionsOfLayers } from '../why/direction';
import { Terms } from '../why/terms';
import type { LensOf } from './lens';

/** What each part of the model wrote for a token and against another. */
export const why: LensOf<'why'> = {
  runsGraph: true,
  async answer(asked, context) {
    const { trace } = context;
    const { compiled, sessions } = context.model;
    const { stream, direction, ...question } = await questionOf(asked, context);
    const { position } = question;
    const row = new ChangedRow(compiled, trace, position - 1);
    const terms = new Terms(compiled.config, position, row, directionsOfLayers(compiled, direction.values));
    const attribution = new Attribution(sessions, compiled, trace, position);
    for (let layer = row.firstLayer; layer < compiled.config.numHiddenLayers; layer++) {
      terms.addLayer(layer, await attribution.layer(layer, terms.directionAt(layer)));
    }
    const { bias, softCap } = direction;
    return {
      ...question,
      ...terms.answer(),
      bias,
      softCap,
      remainder: question.logitDifference - terms.sum() - bias - softCap,
    };
  },
};
