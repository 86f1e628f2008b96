import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import '../../../kit/legend';
import { Memo } from '../../../kit/memo';
import { PaintedTextElement } from '../../../kit/painted-text';
import { subjectTokens } from '../../../kit/subject-tokens';
import type { TokenPaint } from '../../../kit/token-text';
import { t } from '../../../l10n';

const TICKS = [
  { share: 0, text: '≤ −100 %' },
  { share: 0.5, text: '0' },
  { share: 1, text: '≥ 100 %' },
];

/** The clean text, with the tokens that are others in the corrupt one. */
@customElement('vt-patching-strip')
export class PatchingStripElement extends PaintedTextElement {
  /** Where the text ends that is run. */
  @property({ type: Number }) accessor position = 0;
  @property({ attribute: false }) accessor differing: readonly number[] = [];
  /** Of the corrupt text, by position. */
  @property({ attribute: false }) accessor others: readonly string[] = [];
  readonly #paint = new Memo<TokenPaint[]>();

  override render(): TemplateResult {
    const { theme } = this.store;
    const { differing, position } = this;
    const paint = this.#paint.get([differing, position, theme.greyTint, this.store.subject], () => {
      const changed = new Set(differing);
      return subjectTokens(this.store.subject).map((_, i) => {
        if (i >= position) return { isHatched: true };
        return changed.has(i) ? { background: cssColour(theme.greyTint(1)) } : {};
      });
    });
    const legend = html`<vt-legend
        diverging
        label=${t('Restored of the clean answer')}
        .scale=${(share: number) => theme.differenceMark(-share)}
        .ticks=${TICKS}
      ></vt-legend>
      <p class="note">${t('100 %: the patch alone brings the clean answer back. In the text, grey: other tokens in the corrupt text.')}</p>`;
    return this.strip(t('The clean text, with what differs'), paint, this.#describe, legend);
  }

  readonly #describe = (position: number): string => {
    if (position >= this.position) return t('after the answer');
    return this.differing.includes(position) ? t('in the corrupt text {0}', this.others[position] ?? '') : '';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-patching-strip': PatchingStripElement;
  }
}
