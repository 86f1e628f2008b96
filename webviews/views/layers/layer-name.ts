import { t } from '../../l10n';

/** What has been computed where the model would stop. @param last the model's own output */
export function layerName(layer: number, last: number): string {
  if (layer === 0) return t('Before the first layer');
  if (layer === last) return t('The model’s own output');
  return layer === 1 ? t('After 1 layer') : t('After {0} layers', layer);
}

/** The same as the name of a column, or of a place on an axis. @param last the model's own output */
export function columnName(layer: number, last: number): string {
  return layer === last ? t('out') : `${layer}`;
}
