import { Task, TaskStatus } from '@lit/task';
import { html } from 'lit';
import { messageOf } from '../../../../src/shared/errors';
import type { Limits } from '../../../../src/shared/part-times-api';
import { t } from '../../../l10n';
import type { StoreElement } from '../../../store/store-element';
import { cardLimits, type Device, type Precision } from './costs';
import { machineLimits } from './machine-limits';

/** What devices can do. This machine is tried when it is first chosen, and when somebody wants it once more. */
export class DeviceLimits {
  readonly #host: StoreElement;
  readonly #tried: Task<readonly [boolean, boolean], Limits | undefined>;

  /** @param isChosen whether it is this machine that is asked about */
  constructor(host: StoreElement, isChosen: () => boolean) {
    this.#host = host;
    this.#tried = new Task(host, {
      args: () => [isChosen(), false] as const,
      task: async ([isAsked, again]) => (isAsked ? await host.store.lenses.machineLimits({ again }) : undefined),
    });
  }

  /** Undefined while nobody knows what this machine can do. */
  of(device: Device, bits: Precision): Limits | undefined {
    return device === 'machine' ? machineLimits(this.#host.store, this.#tried.value) : cardLimits(device, bits);
  }

  get isTrying(): boolean {
    return this.#tried.status === TaskStatus.PENDING;
  }

  tryAgain(): void {
    void this.#tried.run([true, true]);
  }

  /** While this machine is tried, or where that failed. */
  state(): unknown {
    return this.#tried.render({
      pending: () =>
        html`<span class="dim" role="status">${t('Trying what this machine can do, for two seconds …')}</span>`,
      error: (error) => html`<span role="alert">${messageOf(error)}</span>`,
    });
  }
}
