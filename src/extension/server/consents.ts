import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import { formatCount } from '../../display/numbers';
import { sentence, VitrineError } from '../../shared/errors';
import type { BackgroundSize } from '../engine/model-choice';
import { originOf } from './server-keys';

/** What is about to be sent. */
export type Sending = TextSize | BackgroundSize;

/** Of one text, as it is written in UTF-8. */
export interface TextSize {
  characters: number;
  bytes: number;
}

/** A server to which a text may go. */
export interface Receiver {
  address: string;
  /** Name and port. */
  host: string;
  /** As the server calls it. */
  model: string;
  /** Whether its address is one of this machine. */
  isLoopback: boolean;
}

const CONSENTS = 'vitrine.servers.consents';
const FORBIDDEN = 'vitrine.servers.forbidden';

/**
 * To which servers a person has agreed to send texts, for good of each workspace by itself, and files and data sets as a whole, as
 * long as the window lives.
 * The texts of a workspace may be kept from all of them.
 */
export class ServerConsents {
  readonly #all: vscode.Memento;
  readonly #workspace: vscode.Memento;
  /** Those to which this window may send all that it reads while nobody waits. */
  readonly #bulk = new Set<string>();
  /** What a person is being asked, and the answer. */
  readonly #asked = new Map<string, Promise<void>>();

  constructor({ globalState, workspaceState }: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>) {
    this.#all = globalState;
    this.#workspace = workspaceState;
  }

  /** Whether the texts of this workspace are to go to no server. */
  get isForbidden(): boolean {
    return this.#workspace.get(FORBIDDEN, false);
  }

  /** @throws VitrineError `server.consent` where nobody has agreed that texts go there */
  check({ address, host }: Receiver): void {
    if (this.isForbidden || !this.#texts.includes(fromHere(address))) throw notAgreed(host);
  }

  /** @throws VitrineError `server.consent` where nobody has agreed that this window sends what it reads while nobody waits */
  checkBulk(receiver: Receiver): void {
    if (!this.#hasBulk(receiver)) throw notAgreed(receiver.host);
  }

  /** Asks, unless a person has agreed before. @throws CancellationError where they say no */
  async ask(receiver: Receiver, sending: Sending): Promise<void> {
    if (this.#holds(receiver, sending)) return;
    const question = `${isText(sending)} ${originOf(receiver.address)}`;
    const answer =
      this.#asked.get(question) ?? this.#askNow(receiver, sending).finally(() => this.#asked.delete(question));
    this.#asked.set(question, answer);
    return answer;
  }

  async forgetAll(): Promise<void> {
    this.#bulk.clear();
    await this.#all.update(CONSENTS, undefined);
    await this.#workspace.update(FORBIDDEN, undefined);
  }

  get #texts(): readonly string[] {
    return this.#all.get<string[]>(CONSENTS, []);
  }

  #hasBulk({ address }: Receiver): boolean {
    return !this.isForbidden && this.#bulk.has(originOf(address));
  }

  #holds(receiver: Receiver, sending: Sending): boolean {
    if (this.isForbidden) throw new vscode.CancellationError();
    return isText(sending) ? this.#texts.includes(fromHere(receiver.address)) : this.#hasBulk(receiver);
  }

  async #askNow(receiver: Receiver, sending: Sending): Promise<void> {
    const { t } = vscode.l10n;
    const send = t('Send');
    const never = t('Never from This Workspace');
    const options = { modal: true, detail: detailsOf(receiver, sending).join('\n') };
    // The dialog may open while somebody types: the first button has the focus, and Enter or a space presses it.
    const buttons = [t('Do Not Send'), send, ...(vscode.workspace.name === undefined ? [] : [never])];
    const answer = await vscode.window.showWarningMessage(questionOf(receiver, sending), options, ...buttons);
    if (answer === never) await this.#workspace.update(FORBIDDEN, true);
    if (answer !== send) throw new vscode.CancellationError();
    if (!isText(sending)) this.#bulk.add(originOf(receiver.address));
    else await this.#all.update(CONSENTS, [...new Set([...this.#texts, fromHere(receiver.address)])]);
  }
}

/** A server, and the workspace whose texts may go there: those of another may be none that should leave. */
function fromHere(address: string): string {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  return `${originOf(address)} ${workspaceFile ?? workspaceFolders?.[0]?.uri ?? ''}`;
}

const notAgreed = (host: string) =>
  new VitrineError(
    'server.consent',
    sentence`Nothing was sent to ${host}, because nobody has agreed to that yet. Begin it anew to be asked.`,
  );

const isText = (sending: Sending): sending is TextSize => 'characters' in sending;

function questionOf({ host }: Receiver, sending: Sending): string {
  const { t } = vscode.l10n;
  const bytes = formatBytes(sending.bytes);
  if (isText(sending))
    return t('Send a text of {0} characters ({1}) to {2}?', formatCount(sending.characters), bytes, host);
  if ('files' in sending) {
    return sending.files === 1
      ? t('Send a file ({0}) to {1}?', bytes, host)
      : t('Send {0} files ({1}) to {2}?', formatCount(sending.files), bytes, host);
  }
  return sending.rows === 1
    ? t('Send a row ({0}) to {1}?', bytes, host)
    : t('Send {0} rows ({1}) to {2}?', formatCount(sending.rows), bytes, host);
}

function detailsOf({ host, model, isLoopback }: Receiver, sending: Sending): string[] {
  const { t } = vscode.l10n;
  return [
    t('{0} runs there and reads it.', model),
    isLoopback
      ? t('The address is on this machine. Where it is the end of a tunnel, texts go to its other end.')
      : t('It goes by https, so that nobody on the way can read it.'),
    isText(sending)
      ? t(
          'From then on, whatever the model reads in this window is sent there, also what you scroll to and what you edit, until you leave the server. Nothing else is sent.',
        )
      : t(
          'From then on, so is whatever the model reads in the background in this window, until you leave the server. Nothing else is sent.',
        ),
    isText(sending)
      ? t(
          'You are not asked again for {0} in this workspace, until you choose “Forget Server Keys and Consents…”.',
          host,
        )
      : t('Each window asks once.'),
  ];
}
