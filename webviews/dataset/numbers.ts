import { formatBitsAlone, formatCount, formatSigned } from '../../src/display/numbers';
import type { DatasetDraw } from '../../src/shared/dataset-api';
import { t } from '../l10n';

/** A number of a column where its unit is said elsewhere; nothing where it is not known. */
export function cellText(value: number, draw: DatasetDraw): string {
  if (!Number.isFinite(value)) return '';
  switch (draw) {
    case 'count':
      return formatCount(value);
    case 'bits':
      return formatBitsAlone(value);
    default:
      return formatSigned(value);
  }
}

/** All digits, with the unit, for who points at it. */
export function wholeText(value: number, draw: DatasetDraw): string {
  if (!Number.isFinite(value)) return '';
  switch (draw) {
    case 'count':
      return t('{0} tokens', formatCount(value));
    case 'signedNats':
      return t('{0} nats', value);
    default:
      return t('{0} bits a token, {1} nats', value, value * Math.LN2);
  }
}
