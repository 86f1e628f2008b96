import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sumOfWork } from '../../../../src/anatomy/roofline';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatCount } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import '../../../kit/checkbox';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { comparedLengths } from './cost-answer';
import { DEVICE_NAMES } from './cost-controls';
import type { CostPass } from './cost-passes';
import type { CostSettings } from './costs';
import './length-curve';
import './length-table';
import './roofline-plot';
import { limitText } from './roofline-plot';

const LOGARITHMIC = 'cost.isLogarithmic';

/** How cost grows with the length, and what limits it: two pictures with the text on them. */
@customElement('vt-cost-pictures')
export class CostPicturesElement extends StoreElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor settings!: CostSettings;
  @property({ attribute: false }) accessor passes: readonly CostPass[] = [];

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 32px; }
      .row { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; }
      ul { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 4px 0 0; padding: 0; list-style: none; }
      i { display: inline-block; width: 10px; height: 10px; margin-inline-end: 6px; }
      @container (min-width: 720px) {
        .split { grid-template-columns: repeat(2, minmax(0, 1fr)); }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div class="split">${this.#curve()}${this.#roofline()}</div>`;
  }

  #curve(): TemplateResult {
    const { theme, viewState } = this.store;
    const logarithmic = viewState.get(LOGARITHMIC, false);
    const { tokens, batch } = this.settings;
    const [shorter, longer] = comparedLengths(tokens, this.anatomy.contextLength);
    const key = (name: string, colour: string) =>
      html`<li><i ${styled({ 'background-color': colour })}></i>${name}</li>`;
    const change = ({ detail }: CustomEvent<boolean>) => {
      viewState.set(LOGARITHMIC, detail);
      this.requestUpdate();
    };
    return html`<section>
      <div class="row">
        <h2><vt-term name="quadratic">${t('Computation over the length')}</vt-term>${batch === 1 ? nothing : html`<small>${t('of {0} texts', formatCount(batch))}</small>`}</h2>
        <vt-checkbox .checked=${logarithmic} @change=${change}>${t('logarithmic')}</vt-checkbox>
      </div>
      <vt-length-curve
        .anatomy=${this.anatomy}
        .tokens=${tokens}
        .batch=${batch}
        .compared=${shorter === tokens ? longer : shorter}
        .logarithmic=${logarithmic}
        .theme=${theme}
        .scale=${theme.mark('blue')}
      ></vt-length-curve>
      <ul class="dim">
        ${key(t('attention’s comparisons'), cssColour(theme.mark('blue')(0.6)))}
        ${key(t('products with weights'), cssColour(theme.greyMark(0.5)))}
      </ul>
      <vt-length-table .anatomy=${this.anatomy} .settings=${this.settings}></vt-length-table>
    </section>`;
  }

  #roofline(): TemplateResult | typeof nothing {
    const { limits, device } = this.settings;
    if (!limits) return nothing;
    const points = this.passes.map(({ label, work, measured }) => {
      const all = sumOfWork(Object.values(work));
      return { name: label, work: all, reached: measured && (1000 * all.flops) / measured.milliseconds };
    });
    const limited = points.map(({ name, work }) => limitText(name, work, limits));
    const isMeasured = points.some(({ reached }) => reached !== undefined);
    return html`<section>
      <h2><vt-term name="roofline">${t('What limits it')}</vt-term><small>${DEVICE_NAMES[device]()}</small></h2>
      <vt-roofline-plot .limits=${limits} .points=${points}></vt-roofline-plot>
      <p class="dim">${limited.join(' ')} ${isMeasured ? t('Hollow is what is possible, filled what was measured.') : nothing}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-cost-pictures': CostPicturesElement;
  }
}
