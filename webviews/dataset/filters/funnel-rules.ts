import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { FunnelNeed, FunnelRule, FunnelState } from '../../../src/shared/funnel-page-api';
import type { TaskProgress } from '../../../src/shared/progress';
import { hatched } from '../../kit/hatch';
import { OneStop } from '../../kit/one-stop';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import './rule-measures';
import type { Listed } from './removed-documents';

/**
 * The rules in their order, with what each removes of what those before it have left. Events: `list` with a rule, or one of
 * its measures, `rule` with one that is switched, `threshold`, `need`, and `cancel`. What is listed may stand in its slot.
 */
@customElement('vt-funnel-rules')
export class FunnelRulesElement extends LitElement {
  @property({ attribute: false }) accessor funnel!: FunnelState;
  @property({ attribute: false }) accessor listed: Listed | undefined;
  readonly #stop = new OneStop(this, '.row button');

  static override styles = [
    base,
    css`
      ul { margin: 0; padding: 0; list-style: none; }
      li { border-bottom: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
      .row { display: grid; grid-template-columns: 36px minmax(0, 1fr); align-items: center; }
      .row button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; text-align: start; }
      .row button:focus-visible { outline-offset: -2px; }
      .title { display: grid; grid-template-columns: minmax(0, 1fr) 72px 80px; gap: 0 8px; align-items: baseline; padding: 6px 12px 6px 4px; }
      .title:hover { background: var(--vscode-list-hoverBackground); }
      .title[aria-expanded='true'] { color: var(--vscode-list-inactiveSelectionForeground, inherit); background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
      .count { text-align: end; }
      small { color: var(--dim); }
      [aria-expanded='true'] small { color: inherit; }
      .bar { grid-column: 1 / -1; display: flex; height: 6px; margin-top: 2px; }
      .left { background: color-mix(in srgb, currentcolor 45%, transparent); }
      .removed { background: ${hatched}; border: 1px solid var(--vscode-textLink-foreground); min-width: 3px; }
      .off [aria-expanded='false'] :is(.name, .count) { color: var(--dim); }
      .switch { display: grid; place-items: center; height: 100%; padding: 0; }
      .switch i { width: 24px; height: 14px; border: 1px solid currentcolor; border-radius: 7px; padding: 2px; }
      .switch i::before { content: ''; display: block; width: 8px; height: 8px; border-radius: 50%; background: var(--dim); }
      .switch[aria-checked='true'] i::before { margin-inline-start: 10px; background: currentcolor; }
      .panel { padding: 4px 12px 12px 40px; }
      slot { display: block; margin: 0 -12px 8px; }
      .panel p { margin-bottom: 4px; }
      .heads { display: grid; grid-template-columns: 36px minmax(0, 1fr) 72px 80px; gap: 0 8px; padding: 4px 12px 4px 0; font-size: 11px; color: var(--dim); }
      .heads :first-child { grid-column: 2; margin-inline-start: -4px; }
      @media (max-width: 480px) {
        .panel { padding-inline-start: 12px; }
        .title { grid-template-columns: minmax(0, 1fr) 56px 56px; }
        .heads { grid-template-columns: 36px minmax(0, 1fr) 56px 56px; }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<div class="heads" aria-hidden="true"><span>${t('rule')}</span><span class="count">${t('removed')}</span><span class="count">${t('left')}</span></div>
      <ul aria-label=${t('Rules')}>${this.funnel.rules.map((rule) => this.#rule(rule))}</ul>`;
  }

  /** What a rule is stands below its name, and may be below the edge. */
  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('listed') || changed.get('listed')?.rule === this.listed?.rule) return;
    this.renderRoot.querySelector('.panel')?.parentElement?.scrollIntoView({ block: 'nearest' });
  }

  #rule(rule: FunnelRule): TemplateResult {
    const isOpen = this.listed?.rule === rule.name;
    const { name, title, isOn, isChanged, removed, left } = rule;
    const all = Math.max(1, this.funnel.all.documents);
    const open = () => this.#tell('list', isOpen ? undefined : { rule: name, measure: undefined });
    return html`<li class=${isOn ? '' : 'off'}>
      <div class="row" @focusin=${this.#stop.focused} @keydown=${this.#stop.keyPressed}>
        <button class="switch" role="switch" aria-checked=${isOn} aria-label=${title} title=${isOn ? t('Switch off') : t('Switch on')} @click=${() => this.#tell('rule', { rule: name, isOn: !isOn })}><i></i></button>
        <button class="title" aria-expanded=${isOpen} @click=${open}>
          <span class="name">${title}${isChanged ? html` <small>${t('changed')}</small>` : nothing}</span>
          ${this.#removed(rule)}
          <span class="count number">${formatCount(left)}<span class="unseen"> ${t('left')}</span></span>
          <span class="bar" aria-hidden="true"><i class="left" ${styled({ width: `${(100 * left) / all}%` })}></i>${removed > 0 ? html`<i class="removed" ${styled({ width: `${(100 * removed) / all}%` })}></i>` : nothing}</span>
        </button>
      </div>
      ${isOpen ? this.#panel(rule) : nothing}
    </li>`;
  }

  #panel({ name, title, why, note, needs, reading, isOn, measures }: FunnelRule): TemplateResult {
    const listed = this.listed?.measure;
    return html`<div class="panel" role="group" aria-label=${title}>
      <p>${why}</p>
      <p class="dim">${note}</p>
      ${reading ? this.#reading(reading) : nothing}
      ${needs ? this.#need(needs) : nothing}
      ${name === 'contamination' && !needs ? this.#questions() : nothing}
      ${listed === undefined ? html`<slot></slot>` : nothing}
      ${isOn && !needs ? html`<vt-rule-measures .measures=${measures} .opened=${listed} @threshold=${({ detail }: CustomEvent) => this.#tell('threshold', detail)} @measure=${({ detail }: CustomEvent<string | undefined>) => this.#tell('list', { rule: name, measure: detail })}>${listed === undefined ? nothing : html`<slot></slot>`}</vt-rule-measures>` : nothing}
    </div>`;
  }

  /** How many, or why none. */
  #removed({ isOn, needs, removed }: FunnelRule): TemplateResult {
    const reason = isOn ? needs && (needs === 'questions' ? t('no file yet') : t('not read yet')) : t('off');
    return html`<span class="count number">${reason ?? formatCount(removed)}<span class="unseen"> ${reason ? nothing : t('removed')}, </span></span>`;
  }

  #reading({ done, total }: TaskProgress): TemplateResult {
    const label = t('The model reads while nobody waits for it');
    return html`<p class="number">${label} <progress max=${Math.max(1, total)} value=${done} aria-label=${label}></progress> ${t('{0} of {1}', formatCount(done), formatCount(total))}</p>
      ${button(t('Cancel'), () => this.#tell('cancel', undefined))}`;
  }

  #questions(): TemplateResult {
    return html`<p>${t('Questions of {0}', this.funnel.questions ?? '')}</p>${button(t('Choose Questions…'), () => this.#tell('need', 'questions'))}`;
  }

  #need(need: FunnelNeed): TemplateResult {
    const [sentence, label] =
      need === 'model'
        ? [
            t(
              'The model in use has not read the documents. It can, in the background, those that all other rules let through.',
            ),
            t('Read with the Model'),
          ]
        : [t('It needs a file of test questions: a question a line, or JSONL.'), t('Choose Questions…')];
    return html`<p>${sentence}</p>${button(label, () => this.#tell('need', need), { isPrimary: true })}`;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-funnel-rules': FunnelRulesElement;
  }
}
