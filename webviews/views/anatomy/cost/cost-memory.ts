import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { HARDWARE } from '../../../../src/anatomy/hardware';
import { cacheBytes, kvBytesPerToken, traceBytes } from '../../../../src/anatomy/memory';
import { type PassShape, sumOfWork } from '../../../../src/anatomy/roofline';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { type CostSettings, readingWork } from './costs';
import './memory-bars';

/** What memory the text takes, and what attention's comparisons would move where they are not fused. */
@customElement('vt-cost-memory')
export class CostMemoryElement extends StoreElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor settings!: CostSettings;

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 32px; }
      p { margin-top: 4px; }
      @container (min-width: 720px) {
        .split { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div class="split">${this.#memory()}${this.#fusion()}</div>`;
  }

  #memory(): TemplateResult {
    const { anatomy, settings, store } = this;
    const { tokens, batch, numberBytes, device } = settings;
    const grey = (share: number) => cssColour(store.theme.greyMark(share));
    const trace = {
      name: t('trace'),
      note: t('which the views look at'),
      bytes: traceBytes(anatomy, tokens),
      colour: grey(0.35),
    };
    const bars = [
      { name: t('weights'), bytes: settings.weightsBytes, colour: grey(0.7) },
      {
        name: t('keys and values'),
        note: t('{0} a token', formatBytes(kvBytesPerToken(anatomy, numberBytes))),
        bytes: batch * cacheBytes(anatomy, tokens, numberBytes),
        colour: cssColour(store.theme.mark('blue')(0.6)),
      },
      ...(device === 'machine' && batch === 1 ? [trace] : []),
    ];
    return html`<section>
      <h2><vt-term name="kvCache">${t('Memory')}</vt-term></h2>
      <vt-memory-bars .bars=${bars}></vt-memory-bars>
      ${this.#fits(bars.reduce((sum, { bytes }) => sum + bytes, 0))}
    </section>`;
  }

  #fits(bytes: number): TemplateResult | typeof nothing {
    const { device } = this.settings;
    if (device === 'machine') return nothing;
    const { name, memoryBytes } = HARDWARE[device];
    const values = [formatBytes(bytes), formatBytes(memoryBytes), name] as const;
    const text =
      bytes <= memoryBytes
        ? t('Together {0}: they fit into the {1} of one {2}.', ...values)
        : t('Together {0}: more than the {1} of one {2}.', ...values);
    return html`<p class="dim">${text}</p>`;
  }

  #fusion(): TemplateResult {
    const work = (attention: PassShape['attention']) => readingWork(this.anatomy, this.settings, attention);
    const bytes = (attention: PassShape['attention']) => work(attention).scores.bytes;
    const flops = (attention: PassShape['attention']) =>
      formatSi(sumOfWork(Object.values(work(attention))).flops, 'FLOP');
    const blue = this.store.theme.mark('blue');
    const bars = [
      { name: t('each written to memory'), bytes: bytes('unfused'), colour: cssColour(blue(0.45)) },
      { name: t('fused'), bytes: bytes('fused'), colour: cssColour(blue(0.8)) },
    ];
    return html`<section>
      <h2><vt-term name="fusion">${t('What attention’s comparisons move')}</vt-term></h2>
      <vt-memory-bars .bars=${bars}></vt-memory-bars>
      <p class="dim">${t(
        'A fused attention keeps them in the processor and leaves out the pairs that a token may not see: reading is {0} then (causal), which is what this page counts. With all pairs it is {1} (full).',
        flops('fused'),
        flops('unfused'),
      )}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-cost-memory': CostMemoryElement;
  }
}
