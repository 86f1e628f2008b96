import { html, type TemplateResult } from 'lit';
import { formatSigned } from '../../src/display/numbers';
import '../kit/legend';
import type { Theme } from '../kit/theme';
import { t } from '../l10n';
import { filesOf, type MapNode } from './tree';

/*
 * Where z stands on the scale of the map: files that lie near the mean are most, and have little of the hue.
 */

/** Files are means of many lines, so that they lie nearer to the mean than lines do. */
const LEAST = -0.5;
const MOST = 1;
const TICKS = [LEAST, 0, 0.5, MOST];

/** 0 to 1. */
export const zShare = (z: number): number => Math.min(1, Math.max(0, (z - LEAST) / (MOST - LEAST)));

/** The scale, with how the files of a folder are spread on it. */
export function zLegend(theme: Theme, folder: MapNode): TemplateResult {
  return html`<vt-legend
    .scale=${theme.tint('warm')}
    .ticks=${TICKS.map((z) => ({ share: zShare(z), text: formatSigned(z) }))}
    .shares=${filesOf(folder).map(({ score }) => zShare(score.z))}
    label=${t('z: standard deviations above lines of the same language and kind')}
  ></vt-legend>`;
}
