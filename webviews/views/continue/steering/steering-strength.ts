import { html, svg, type TemplateResult } from 'lit';
import { formatCount, formatDecimal } from '../../../../src/display/numbers';
import { t } from '../../../l10n';

const HEIGHT = 32;
const STEP = 8;

/** How long a direction is in each layer, as bars. @param direction [layer, hiddenSize] */
export function strengthPicture(direction: Float32Array, layers: number): TemplateResult {
  const width = direction.length / layers;
  const lengths = Array.from({ length: layers }, (_, layer) =>
    Math.hypot(...direction.subarray(layer * width, (layer + 1) * width)),
  );
  const longest = Math.max(...lengths);
  const at = lengths.indexOf(longest);
  const said = t('Longest in layer {0}: {1}', formatCount(at), formatDecimal(longest));
  return html`<figure>
    <figcaption>${t('length in each layer')} <span class="dim">${said}</span></figcaption>
    <svg viewBox="0 0 ${layers * STEP} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${said}>
      ${lengths.map((length, layer) => {
        const height = longest > 0 ? (length / longest) * (HEIGHT - 1) : 0;
        return svg`<rect x=${layer * STEP + 1} y=${HEIGHT - height} width=${STEP - 2} height=${height}>
          <title>${t('layer {0}: {1}', formatCount(layer), formatDecimal(length))}</title>
        </rect>`;
      })}
    </svg>
  </figure>`;
}
