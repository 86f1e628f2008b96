import { Task, TaskStatus } from '@lit/task';
import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { formatCount } from '../../../../src/display/numbers';
import type { Additions } from '../../../../src/shared/anatomy-api';
import { messageOf } from '../../../../src/shared/errors';
import { subjectTokens } from '../../../kit/subject-tokens';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import type { ViewStore } from '../../../store/view-store';

/** What the layers add to the stream in the text that is inspected, asked for while it is shown. */
export class TextAdditions {
  readonly #view: ReactiveElement & { store: ViewStore };
  readonly #task: Task<readonly [number | undefined], Additions | undefined>;
  #number = 0;

  /** @param isWanted whether it is shown now */
  constructor(view: ReactiveElement & { store: ViewStore }, isWanted: () => boolean) {
    this.#view = view;
    this.#task = new Task(view, {
      args: () => [isWanted() ? this.#trace : undefined] as const,
      task: async ([trace], { signal }) => {
        const began = (task: number) => {
          this.#number = task;
        };
        return trace === undefined ? undefined : view.store.lenses.additions({ trace }, { signal, began });
      },
    });
  }

  /** Of the text that is inspected now; undefined until the engine has answered. */
  get value(): Additions | undefined {
    return this.#task.status === TaskStatus.COMPLETE ? this.#task.value : undefined;
  }

  /** What it is of, or why it is not there, and what can be done about that. */
  state(): TemplateResult {
    const { store } = this.#view;
    if (this.#trace === undefined)
      return html`<span class="dim">${t('Inspect a text: then the bars show what each part adds to the stream there.')}</span>`;
    return this.#task.render({
      pending: () => this.#progress(),
      complete: (additions) => (additions ? this.#scope(store, additions) : nothing),
      error: (error) => this.#failure(error),
    }) as TemplateResult;
  }

  #progress(): TemplateResult {
    const { done, total } = this.#view.store.progressOf(this.#number) ?? {};
    const text = t('Computing …');
    return html`<span role="status">${text}</span>
      <progress max=${total ?? nothing} value=${done ?? nothing} aria-label=${text}></progress>
      ${button(t('Cancel'), () => this.#task.abort())}`;
  }

  #failure(error: unknown): TemplateResult {
    const isCancelled = error instanceof Error && error.name === 'AbortError';
    return html`<span role=${isCancelled ? 'status' : 'alert'}>${isCancelled ? t('Cancelled.') : messageOf(error)}</span>
      ${this.#view.store.isLive ? button(t('Try again'), () => this.#task.run()) : nothing}`;
  }

  #scope(store: ViewStore, { tokens }: Additions): TemplateResult {
    const { token } = store;
    return html`<span class="dim">${scopeText(tokens, token === undefined ? undefined : subjectTokens(store.subject)[token]?.label)}</span>`;
  }

  get #trace(): number | undefined {
    const read = this.#view.store.subject?.read;
    return read && read.ids.length > 0 ? read.trace : undefined;
  }
}

/** @param label of the token that it is of, undefined where it is of all */
function scopeText(tokens: number, label: string | undefined): string {
  if (label !== undefined) return t('the length at {0}', label);
  return tokens === 1
    ? t('the length at the only token')
    : t('the median of the lengths at {0} tokens', formatCount(tokens));
}
