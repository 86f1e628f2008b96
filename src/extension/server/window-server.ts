import { join } from 'node:path';
import * as vscode from 'vscode';
import { MODEL_OF_SETTINGS, type ModelChoice, type ServedForm } from '../engine/model-choice';
import type { ServerAddress, ServerInUse } from '../status/server-in-use';
import { checkAllowed } from './allowed';
import type { Ask } from './asking-first';
import { type Receiver, ServerConsents } from './consents';
import type { ChosenEntry } from './served-form';
import { isOf, savedServers } from './server-entry';
import { ServerKeys } from './server-keys';
import { ServerTraffic } from './server-traffic';

/** What a window has chosen, until somebody leaves it or the window is closed. */
interface Chosen {
  entry: ChosenEntry;
  receiver: Receiver;
  form: ServedForm;
}

/**
 * The server on which the model in use of this window runs, where a person has chosen one. It is kept in memory only: no setting,
 * no workspace and no former window can have a text sent.
 */
export class WindowServer implements ServerInUse, vscode.Disposable {
  readonly keys: ServerKeys;
  readonly consents: ServerConsents;
  readonly traffic = new ServerTraffic();
  /** Where it is kept how the models of servers are known again. */
  readonly #folder: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #refusal = new vscode.EventEmitter<ServedForm>();
  #chosen: Chosen | undefined;
  /** What was in use last, to be chosen again. */
  #last: ChosenEntry | undefined;

  /** Fires when another server, or none any longer, is chosen. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a person does not want a text to go to a model. */
  readonly onDidRefuse = this.#refusal.event;
  /** Fires when a text begins to go out, and when none does any longer. */
  readonly onDidChangeTraffic = this.traffic.onDidChange;

  /** What the window's engine loads: the model of the server, or else that of the settings. */
  readonly modelChoice: ModelChoice = {
    current: () => this.#chosen?.form ?? MODEL_OF_SETTINGS.current(),
    settings: MODEL_OF_SETTINGS.settings,
    onDidChange: this.onDidChange,
    leaveServer: () => this.leave(),
  };

  constructor(context: vscode.ExtensionContext) {
    this.keys = new ServerKeys(context);
    this.consents = new ServerConsents(context);
    this.#folder = join(context.globalStorageUri.fsPath, 'served-models');
  }

  /** Where the texts of this window go; undefined where they stay on this machine. */
  get current(): ServerAddress | undefined {
    if (!this.#chosen) return undefined;
    const { address, host, isLoopback } = this.#chosen.receiver;
    return { host, isLoopback, isEncrypted: address.startsWith('https:') };
  }

  /** The entry in use. */
  get entry(): ChosenEntry | undefined {
    return this.#chosen?.entry;
  }

  get isSending(): boolean {
    return this.traffic.isSending;
  }

  /** The last text that went out. */
  get lastSent(): { characters: number } | undefined {
    return this.traffic.lastSent;
  }

  /** Has a person choose a model of a server, which is not used yet. @throws VitrineError, CancellationError */
  async choose(title: string): Promise<ChosenEntry | undefined> {
    checkAllowed(this.consents);
    const { chooseServer } = await import('./choose-server');
    const last = this.#last;
    const others = savedServers().filter((entry) => !(last && isOf(entry, last)));
    return chooseServer(this, title, last ? [last, ...others] : others);
  }

  /** The same for a second model beside the one in use. */
  async pickServer(title: string): Promise<{ label: string; form: ServedForm } | undefined> {
    const entry = await this.choose(title);
    if (!entry) return undefined;
    const { receiver, form } = await this.#chosenOf(entry);
    return { label: `${entry.model} · ${receiver.host}`, form };
  }

  /** Has the window's texts read there from now on. */
  async use(entry: ChosenEntry): Promise<void> {
    this.#choose(await this.#chosenOf(entry));
  }

  /** Chooses the same again: whatever model the server has under its name now is the one from now on. */
  async useAgain(): Promise<void> {
    if (this.#chosen) await this.use(this.#chosen.entry);
  }

  /** The model of the settings, on this machine, is the one in use again. @returns goes back to the server */
  leave(): () => void {
    const before = this.#chosen;
    if (before) this.#choose(undefined);
    return () => before && this.#choose(before);
  }

  /** Leaves the server, and forgets keys and consents. */
  async forget(): Promise<void> {
    this.leave();
    await this.keys.forgetAll();
    await this.consents.forgetAll();
  }

  dispose(): void {
    vscode.Disposable.from(this.#changed, this.#refusal, this.traffic).dispose();
  }

  async #chosenOf(entry: ChosenEntry): Promise<Chosen> {
    checkAllowed(this.consents);
    // What speaks to servers is loaded only where somebody wants one.
    const { receiverOf, servedForm } = await import('./served-form');
    const receiver = receiverOf(entry);
    const ask: Ask = async (size, inBackground) => {
      try {
        if (inBackground) this.consents.checkBulk(receiver);
        else if (size) await this.consents.ask(receiver, size);
        else this.consents.check(receiver);
      } catch (error) {
        if (error instanceof vscode.CancellationError) this.#refused(form);
        throw error;
      }
    };
    const { keys, traffic } = this;
    const allowBackground: ServedForm['allowBackground'] = (size) => this.consents.ask(receiver, size);
    const form = servedForm({ entry, keys, traffic, ask, allowBackground, folder: this.#folder });
    return { entry, receiver, form };
  }

  /** Whoever does not want a text to go there does not want its next edit to go there either. */
  #refused(form: ServedForm): void {
    this.#refusal.fire(form);
    if (this.#chosen?.form !== form) return;
    const { host } = this.#chosen.receiver;
    this.leave();
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No text was sent to {0}. The model on this machine is in use again.', host),
    );
  }

  #choose(chosen: Chosen | undefined): void {
    this.#last = chosen?.entry ?? this.#chosen?.entry;
    this.#chosen = chosen;
    this.#changed.fire();
  }
}
