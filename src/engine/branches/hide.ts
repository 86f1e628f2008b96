import { hasAttention, kindOf, type ModelConfig } from '../../model/config';
import { sentence, VitrineError } from '../../shared/errors';

/** @throws VitrineError `request.range` where a layer has taken every token before up into a state, from which none can be taken out again. */
export function checkHidable(config: ModelConfig): void {
  const layer = config.kindOfLayer.findIndex((_, number) => !hasAttention(kindOf(config, number)));
  if (layer < 0) return;
  throw new VitrineError(
    'request.range',
    sentence`Tokens of ${config.name} cannot be hidden from later ones: its layer ${layer} has no attention matrix and carries a state from token to token instead. Choose another model, or another token in their place.`,
  );
}
