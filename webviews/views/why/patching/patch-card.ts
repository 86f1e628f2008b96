import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatLogprobShort } from '../../../../src/display/numbers';
import { messageOf } from '../../../../src/shared/errors';
import '../../../kit/bars';
import type { Bar } from '../../../kit/bars';
import { probabilityScaleEnd } from '../../../kit/probability-scale';
import { base } from '../../../kit/styles';
import type { TokenText } from '../../../kit/subject-tokens';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { SLOTS, withParts } from '../rich-text';
import { type Patch, type Place, runPatched } from './one-patch';
import type { Pair, Run } from './runs';
import { placeText, siteName } from './spoken';

/** Tokens that the text goes on for. */
const CONTINUED = 24;

/**
 * One patch: from where, into where, what the model then expects, and how it goes on. Source and target may be different
 * places (Patchscopes, Ghandeharioun et al. 2024, arXiv 2401.06102). Event: `patch` with another source or target.
 */
@customElement('vt-patch-card')
export class PatchCardElement extends StoreElement {
  @property({ attribute: false }) accessor patch: Patch | undefined;
  @property({ attribute: false }) accessor clean!: Run;
  @property({ attribute: false }) accessor corrupt!: Run;
  @property({ attribute: false }) accessor cleanTokens: readonly TokenText[] = [];
  @property({ attribute: false }) accessor corruptTokens: readonly TokenText[] = [];
  @property({ type: Number }) accessor layers = 0;
  @property({ attribute: false }) accessor pair!: Pair;
  @state() private accessor continuation: { trace: number; text: string } | undefined;
  @state() private accessor isContinuing = false;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      .sentence { max-width: none; margin-bottom: 12px; line-height: 2; }
      select { max-width: 100%; padding: 0 2px; font: inherit; font-family: var(--mono); color: var(--vscode-dropdown-foreground, inherit); background: var(--vscode-dropdown-background, transparent); border: 1px solid var(--vscode-dropdown-border, var(--line)); }
      .lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr)); gap: 12px 24px; }
      h3 { margin: 0 0 4px; font-size: inherit; font-weight: 400; color: var(--dim); }
      .patched h3 { font-weight: 600; color: inherit; }
      .more { margin-top: 12px; }
      .text { font-family: var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; max-width: none; }
    `,
  ];

  #patched = new Task(this, {
    args: () => [this.patch, this.clean.trace, this.corrupt.ids, this.pair] as const,
    task: async ([patch, trace, ids, pair], { signal }) =>
      patch && runPatched(this.store, patch, { trace, ids, pair }, signal),
  });

  override render(): TemplateResult {
    const { patch } = this;
    return html`<h2>${t('What comes next')}${patch ? html`<small>${siteName(patch.site)}</small>` : nothing}</h2>
      ${patch ? this.#sentence(patch) : nothing}
      <div class="lists">${patch ? this.#patchedList() : nothing}
      ${this.#list(t('corrupt text'), this.corrupt, '')} ${this.#list(t('clean text'), this.clean, '')}</div>
      ${patch && this.#patched.value ? this.#continue(this.#patched.value) : nothing}`;
  }

  #sentence({ source, target }: Patch): TemplateResult {
    return html`<p class="sentence no-picture">
      ${withParts(
        t('From the clean text: layer {0} at {1}. Into the corrupt text: layer {2} at {3}.', ...SLOTS),
        this.#layerChoice('source', source),
        this.#tokenChoice('source', source, this.cleanTokens),
        this.#layerChoice('target', target),
        this.#tokenChoice('target', target, this.corruptTokens),
      )}
    </p>`;
  }

  #patchedList(): unknown {
    return this.#patched.render({
      pending: () => html`<p class="dim" role="status">${t('Asking the model …')}</p>`,
      error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      complete: (run) => (run ? this.#list(this.#patchName(), run, 'patched') : nothing),
    });
  }

  /** What the list is of, also where there is nothing to choose: in a picture. */
  #patchName(): string {
    const { source, target } = this.patch ?? {};
    if (!source || !target) return '';
    const name = ({ layer, position }: Place, tokens: readonly TokenText[]) =>
      t('layer {0} at {1}', layer, placeText(tokens[position]?.label ?? '', position));
    const [from, to] = [name(source, this.cleanTokens), name(target, this.corruptTokens)];
    return t('with the patch, {0}', from === to ? to : `${from} → ${to}`);
  }

  #list(title: string, { top }: Run, classes: string): TemplateResult {
    const end = probabilityScaleEnd(Math.exp(top[0]?.logprob ?? 0));
    const bars = top.map(
      ({ id, logprob, label }): Bar => ({
        id,
        label,
        share: Math.exp(logprob) / end,
        text: formatLogprobShort(logprob),
        title: t('id {0}, probability {1}', id, Math.exp(logprob)),
        hue: 'warm',
      }),
    );
    return html`<section class=${classes}>
      <h3>${title}</h3>
      <vt-bars label=${t('The most probable tokens next, {0}', title)} .bars=${bars} .end=${end} .theme=${this.store.theme}></vt-bars>
    </section>`;
  }

  #layerChoice(end: 'source' | 'target', place: Place): TemplateResult {
    const label = end === 'source' ? t('Layer in the clean text') : t('Layer in the corrupt text');
    const choose = ({ target }: Event) =>
      this.#move(end, { ...place, layer: Number((target as HTMLSelectElement).value) });
    return html`<select aria-label=${label} @change=${choose}>
      ${Array.from({ length: this.layers }, (_, layer) => html`<option value=${layer} ?selected=${layer === place.layer}>${layer}</option>`)}
    </select>`;
  }

  #tokenChoice(end: 'source' | 'target', place: Place, tokens: readonly TokenText[]): TemplateResult {
    const label = end === 'source' ? t('Token of the clean text') : t('Token of the corrupt text');
    const choose = ({ target }: Event) =>
      this.#move(end, { ...place, position: Number((target as HTMLSelectElement).value) });
    return html`<select aria-label=${label} @change=${choose}>
      ${tokens.map((token, position) => html`<option value=${position} ?selected=${position === place.position}>${position + 1} ${token.label}</option>`)}
    </select>`;
  }

  #move(end: 'source' | 'target', place: Place): void {
    this.dispatchEvent(new CustomEvent('patch', { detail: { ...this.patch, [end]: place } }));
  }

  #continue(run: Run): TemplateResult {
    const { continuation } = this;
    if (continuation?.trace === run.trace)
      return html`<div class="more"><h3>${t('It goes on with the patch')}</h3><p class="text">${continuation.text}</p></div>`;
    return html`<div class="more no-picture">
      ${button(t('Continue the text from it'), () => this.#goOn(run), { isDisabled: this.isContinuing })}
    </div>`;
  }

  async #goOn({ trace }: Run): Promise<void> {
    this.isContinuing = true;
    try {
      const { text } = await this.store.lenses.continuation({ trace, count: CONTINUED });
      this.continuation = { trace, text };
    } catch (error) {
      this.continuation = { trace, text: messageOf(error) };
    }
    this.isContinuing = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-patch-card': PatchCardElement;
  }
}
