import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { messageOf } from '../../../src/shared/errors';
import { absenceText } from '../../kit/absence';
import { base } from '../../kit/styles';
import '../../kit/term';
import '../../kit/why-link';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './merge-tree';
import { spansOf, type TokenRun, type Word, wordsOf } from '../../../src/shared/words';
import { Memo } from '../../kit/memo';
import { working } from '../../kit/working/working';
import './working-merges';
import type { VocabularyText } from './vocabulary-text';

/** Of a word that is stepped through. */
const MOST_TOKENS = 32;

/** One token: its id, its bytes, and how it was built. */
@customElement('vt-token-card')
export class TokenCardElement extends StoreElement {
  @property({ attribute: false }) accessor read!: VocabularyText;
  @property({ type: Number }) accessor position = 0;
  /** That the vocabulary has read. */
  @property() accessor text = '';
  /** Whether no other vocabulary is shown, so that this one needs no name. */
  @property({ type: Boolean }) accessor isAlone = false;

  readonly #words = new Memo<readonly Word[]>();

  static override styles = [
    base,
    css`
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 12px; }
      dt { color: var(--dim); }
      dd { margin: 0; font-family: var(--mono); overflow-wrap: anywhere; }
    `,
  ];

  #merges = new Task(this, {
    args: () => [this.read.vocabulary, this.read.ids[this.position] ?? 0, this.#absence] as const,
    task: async ([vocabulary, id, absence]) =>
      absence === undefined ? this.store.host.merges({ vocabulary, id }) : undefined,
  });

  override render(): TemplateResult {
    const { read, position } = this;
    const id = read.ids[position] ?? 0;
    const bytes = read.bytes[id] ?? '';
    const absence = this.#absence;
    return html`
      <h2><span class="mono one-line">${read.tokens[position]?.label}</span><small>${this.isAlone ? '' : `${read.label} · `}${t('token {0} of {1}', formatCount(position + 1), formatCount(read.ids.length))}</small></h2>
      <dl>
        <dt><vt-term name="tokenId">${t('id')}</vt-term></dt>
        <dd class="number">${id}</dd>
        <dt>${t('bytes')}</dt>
        <dd>${bytes.toUpperCase().replace(/../g, '$& ').trim()}</dd>
        ${read.tokens[position]?.sharesCharacter ? html`<dt></dt><dd>${t('It holds only a part of a character; its neighbours hold the rest.')}</dd>` : ''}
      </dl>
      ${read.vocabulary === 'model' ? html`<p><vt-why-link .store=${this.store} .position=${position}></vt-why-link></p>` : ''}
      <h2><vt-term name="merge">${t('Merges')}</vt-term><small>${t('from bytes to token; the number is the rank of the merge')}</small></h2>
      ${
        absence
          ? html`<p class="dim">${absence}</p>`
          : this.#merges.render({
              pending: () => html`<p class="dim">${t('Looking it up …')}</p>`,
              complete: (root) =>
                root?.merge
                  ? html`<vt-merge-tree .root=${root}></vt-merge-tree>`
                  : html`<p class="dim">${bytes.length === 2 ? t('A single byte: no merges.') : t('No merges build this token: it stands for itself.')}</p>`,
              error: (error) => html`<p>${messageOf(error)}</p>`,
            })
      }
      ${absence ? nothing : working(this.store, 'merges', t('Its word, merge by merge'), () => this.#steps())}
    `;
  }

  /** Why its merges are not known. */
  get #absence(): string | undefined {
    const { model } = this.store.state;
    return this.read.vocabulary === 'model' ? absenceText(model, 'hasVocabulary') : undefined;
  }

  #steps(): TemplateResult {
    const { read } = this;
    const { first, last } = this.#word();
    const tokens = Array.from({ length: last - first + 1 }, (_, i) => ({
      id: read.ids[first + i] ?? 0,
      label: read.tokens[first + i]?.label ?? '',
    }));
    return html`<vt-merge-steps .store=${this.store} .vocabulary=${read.vocabulary} .tokens=${tokens}></vt-merge-steps>`;
  }

  /** The word that the token is of, as people take one; the token alone where it is of none, or that is too long to be looked at. */
  #word(): TokenRun {
    const { read, text, position } = this;
    const words = this.#words.get([read, text], () => wordsOf(text, spansOf(read.starts, read.ends)));
    const word = words.find(({ first, last }) => first <= position && position <= last);
    return word && word.last - word.first < MOST_TOKENS ? word : { first: position, last: position };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-card': TokenCardElement;
  }
}
