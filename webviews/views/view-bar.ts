import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ViewName } from '../../src/shared/inspector-api';
import { base } from '../kit/styles';
import '../kit/tabs';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { GROUP_NAMES, type GroupName, groupOf, viewsOf } from './view-groups';
import { GROUP_TITLES, VIEWS } from './views';

/** Up to this many CSS pixels the bar has two lines: the names of groups and of views do not fit into one in any language. */
export const NARROW_BAR = 700;
/** Up to so many the row of groups is one menu. */
export const MENU_WIDTH = 440;

/** Which view is shown: a row of groups, beside it the views of the chosen one; where there is no room, one menu of all. */
@customElement('vt-view-bar')
export class ViewBarElement extends StoreElement {
  static override styles = [
    base,
    css`
      :host { display: contents; }
      vt-tabs { flex: none; max-width: 100%; }
      select {
        flex: 1 1 auto;
        display: none;
        min-width: 0;
        margin: 4px 0;
        padding: 2px 4px;
        font: inherit;
        color: var(--vscode-dropdown-foreground, inherit);
        background: var(--vscode-dropdown-background, transparent);
        border: 1px solid var(--vscode-dropdown-border, var(--line));
      }
      @media (max-width: ${NARROW_BAR}px) {
        vt-tabs { --tab-padding: 5px; }
        vt-tabs[segmented] { order: 2; }
      }
      @media (max-width: ${MENU_WIDTH}px) {
        vt-tabs { display: none; }
        select { display: block; }
      }
    `,
  ];

  /** The view of a group is the one that it showed last. */
  override willUpdate(): void {
    const { view } = this.store.state;
    if (this.#viewOf(groupOf(view)) !== view) this.store.viewState.set(keyOf(groupOf(view)), view);
  }

  override render(): TemplateResult {
    const { view } = this.store.state;
    const group = groupOf(view);
    const views = viewsOf(group);
    return html`
      <vt-tabs
        label=${t('Groups of views')}
        .options=${GROUP_NAMES.map((name) => ({ value: name, label: GROUP_TITLES[name]() }))}
        .value=${group}
        @choose=${({ detail }: CustomEvent<string>) => this.store.show(this.#viewOf(detail as GroupName))}
      ></vt-tabs>
      ${
        views.length > 1
          ? html`<vt-tabs
              segmented
              label=${t('Views of {0}', GROUP_TITLES[group]())}
              .options=${views.map((name) => ({ value: name, label: VIEWS[name].title() }))}
              .value=${view}
              @choose=${({ detail }: CustomEvent<string>) => this.store.show(detail as ViewName)}
            ></vt-tabs>`
          : nothing
      }
      ${this.#menu()}
    `;
  }

  /** Of the names that are chosen, the innermost; or the menu. */
  override focus(): void {
    void this.#focusChosen();
  }

  async #focusChosen(): Promise<void> {
    await this.updateComplete;
    const tabs = [...this.renderRoot.querySelectorAll('vt-tabs')].filter((tabs) => tabs.checkVisibility());
    await tabs.at(-1)?.updateComplete;
    const chosen = tabs.at(-1)?.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]');
    (chosen ?? this.renderRoot.querySelector('select'))?.focus();
  }

  #menu(): TemplateResult {
    const { view } = this.store.state;
    const show = ({ target }: Event) => this.store.show((target as HTMLSelectElement).value as ViewName);
    const option = (name: ViewName) =>
      html`<option value=${name} .selected=${name === view}>${VIEWS[name].title()}</option>`;
    return html`<select aria-label=${t('Views of the inspector')} @change=${show}>
      ${GROUP_NAMES.map((group) => html`<optgroup label=${GROUP_TITLES[group]()}>${viewsOf(group).map(option)}</optgroup>`)}
    </select>`;
  }

  #viewOf(group: GroupName): ViewName {
    const views = viewsOf(group);
    const saved = this.store.viewState.get<string>(keyOf(group), '');
    return views.find((view) => view === saved) ?? (views[0] as ViewName);
  }
}

const keyOf = (group: GroupName) => `group.${group}`;

declare global {
  interface HTMLElementTagNameMap {
    'vt-view-bar': ViewBarElement;
  }
}
