import { html, type TemplateResult } from 'lit';
import { formatZ } from '../../src/display/numbers';
import '../kit/legend';
import type { Theme } from '../kit/theme';
import { t } from '../l10n';

/*
 * Where z stands on the scale of the map: files that lie near the mean are most, and have little of the hue.
 */

/** Files are means of many lines, so that they lie nearer to the mean than lines do. */
const LEAST = -0.5;
const MOST = 1;
const TICKS = [LEAST, 0, 0.5, MOST];

/** 0 to 1. */
export const zShare = (z: number): number => Math.min(1, Math.max(0, (z - LEAST) / (MOST - LEAST)));

/** The scale, with how files are spread on it. @param shares of the scale */
export function zLegend(theme: Theme, shares: readonly number[]): TemplateResult {
  return html`<vt-legend
    .scale=${theme.tint('warm')}
    .ticks=${TICKS.map((z) => ({ share: zShare(z), text: formatZ(z) }))}
    .shares=${shares}
    label=${t('z: standard deviations above their mean')}
  ></vt-legend>`;
}
