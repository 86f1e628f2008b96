import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../src/display/numbers';
import type { LayerInfo } from '../../../src/shared/engine-api';
import '../../kit/term';
import { t } from '../../l10n';

/** What the marks beside the layers' numbers mean, and what is hatched; nothing where all layers see all and know where. */
export function gridLegend(layers: readonly LayerInfo[], tokens: number): TemplateResult | typeof nothing {
  const windows = new Set(layers.flatMap(({ slidingWindow }) => slidingWindow ?? []));
  const hasUnplaced = layers.some(({ attention, hasPositions }) => attention && !hasPositions);
  const hasNone = layers.some(({ attention }) => !attention);
  if (windows.size === 0 && !hasUnplaced && !hasNone) return nothing;
  const reaches = [...windows].sort((one, other) => one - other).map((window) => formatCount(window));
  return html`<ul class="legend">
    ${
      windows.size > 0
        ? html`<li><i class="mark local"></i><vt-term name="localLayer">${t('local layer: a token sees the last {0}', reaches.join(' / '))}</vt-term></li>`
        : nothing
    }
    ${hasUnplaced ? html`<li><i class="mark unplaced"></i><vt-term name="noPositions">${t('layer without positions')}</vt-term></li>` : nothing}
    ${hasNone ? html`<li><i class="mark none"></i><vt-term name="noAttention">${t('layer without attention')}</vt-term></li>` : nothing}
    ${[...windows].some((window) => window < tokens) ? html`<li><i class="swatch"></i>${t('out of reach')}</li>` : nothing}
  </ul>`;
}
