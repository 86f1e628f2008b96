import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatDecimal } from '../../src/display/numbers';
import { provenanceOf } from '../../src/recording/provenance';
import type { RecordedInside, Recording } from '../../src/recording/recording';
import { base } from '../kit/styles';
import { shownRange } from '../kit/subject-tokens';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';

/** Digits of a checksum that tell files apart for people. */
const SHA_DIGITS = 12;

/** What a page that holds a recording is, what it comes from, and what of a long text it does not have. */
@customElement('vt-recording-note')
export class RecordingNoteElement extends StoreElement {
  @property({ attribute: false }) accessor recording!: Recording;

  static override styles = [
    base,
    css`
      :host { padding: 16px; font-size: 0.9em; color: var(--dim); }
      p:first-child { max-width: none; }
      p + p { margin-top: 4px; }
      abbr { text-decoration: underline dotted; }
    `,
  ];

  override render(): TemplateResult {
    const { inside } = this.recording.trace ?? {};
    const { server } = this.store.state.model ?? {};
    return html`${this.#provenance()}
      <p>${
        server
          ? t('What a model on a server made of a text, recorded: neither the server nor a network is needed.')
          : t(
              'What a model made of a text, recorded: neither the model nor a network is needed. Attention weights are rounded to 14 bits, by less than 0.0001.',
            )
      }</p>
      ${[...this.#compared(), ...(inside ? this.#omissions(inside) : [])].map((text) => html`<p>${text}</p>`)}`;
  }

  #provenance(): TemplateResult {
    const { model: info, ablated: off, steering: by } = this.store.state;
    const { vitrine, model, server, sha256, ablated, steering } = provenanceOf(info, off, by);
    const heads = ablated.map(({ layer, head }) => `${layer}.${head}`).join(', ');
    return html`<p>
      ${model} · ${server ? html`${server} ·` : nothing} ${sha256 ? html`SHA-256 <abbr class="mono" title=${sha256}>${sha256.slice(0, SHA_DIGITS)}…</abbr> ·` : nothing}
      Vitrine ${vitrine} · ${heads ? t('heads off: {0}', heads) : t('no head off')}
      ${steering ? `· ${t('steered {0} ×', formatDecimal(steering.coefficient))} ${steering.name}` : nothing}
    </p>`;
  }

  #compared(): string[] {
    const { comparison } = this.store.state;
    if (!comparison) return [];
    const { label, model } = comparison.b;
    return [
      t(
        'It is compared with {0} (SHA-256 {1}…): what both say of each token is recorded, and the statistics that had been measured. To move the slider, to compare with other models, and to score answers takes the models: open the text in Vitrine.',
        label,
        model?.sha256.slice(0, SHA_DIGITS) ?? '',
      ),
    ];
  }

  #omissions({ attention, rollout, lens, additions }: RecordedInside): string[] {
    const { pooled, tokens, block } = attention;
    const sentences: string[] = [];
    const whole = pooled?.whole.map(({ layer, head }) => `${layer}.${head}`).join(', ');
    if (pooled && whole) {
      sentences.push(
        t(
          'The text is long, {0} tokens: the heads {1} are recorded token by token, the others in blocks of {2} tokens.',
          formatCount(tokens),
          whole,
          block,
        ),
      );
    } else if (pooled) {
      sentences.push(
        t('The text is long, {0} tokens: heads are recorded in blocks of {1} tokens.', formatCount(tokens), block),
      );
    }
    if (rollout.row) sentences.push(t('The rollout is recorded of the token alone that was selected.'));
    else if (!rollout.every) sentences.push(t('The text is too long for its rollout to be recorded.'));
    if (!additions) sentences.push(t('The text is too long for what its layers add to be recorded.'));
    const shown = shownRange(this.store.subject);
    if (lens && lens.to < shown.to) {
      sentences.push(t('Layers are recorded of the tokens {0} to {1}, counted from 0.', lens.from, lens.to - 1));
    }
    return sentences;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-recording-note': RecordingNoteElement;
  }
}
