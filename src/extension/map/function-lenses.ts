import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { formatBits, formatProbability } from '../../display/numbers';
import { higherThan, type Part } from '../../workspace/map/higher-than';
import type { SymbolLines } from '../../workspace/map/symbol-sums';
import type { RawFileScore } from '../../workspace/score-file';
import { isCancellation, showError } from '../show-error';
import type { FolderScanner } from '../workspace-scan/folder-scanner';
import { type FolderMaps, pathIn } from './folder-maps';
import { functionsIn } from './functions';

/** Who types is not done yet. */
const TYPED_MS = 800;

type Lines = RawFileScore['lines'];

/** Above each function how surprising it is, and that beside the others of its file; until somebody asks for it nowhere. */
export class FunctionLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #maps: FolderMaps;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The texts that were read, by document: who only looks again does not wait. */
  readonly #read = new WeakMap<vscode.TextDocument, number>();
  /** Those that are read for the first time. */
  readonly #reading = new Map<vscode.TextDocument, AbortController>();
  readonly #closing = vscode.workspace.onDidCloseTextDocument((document) => this.#reading.get(document)?.abort());
  #provider: vscode.Disposable | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(maps: FolderMaps) {
    this.#maps = maps;
  }

  get on(): boolean {
    return this.#provider !== undefined;
  }

  set on(isOn: boolean) {
    if (isOn === this.on) return;
    this.#provider?.dispose();
    for (const controller of this.#reading.values()) controller.abort();
    this.#provider = isOn ? vscode.languages.registerCodeLensProvider({ scheme: 'file' }, this) : undefined;
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const { signal } = controller;
    const scanner = this.#maps.of(document.uri)?.scanner;
    if (!scanner) return [];
    const isEdited = this.#read.has(document) && this.#read.get(document) !== document.version;
    if (isEdited) await setTimeout(TYPED_MS, undefined, { signal });
    const functions = (await functionsIn(document)).filter(({ isClass }) => !isClass);
    if (functions.length === 0) return [];
    if (!this.#read.has(document)) {
      void this.#readFirst(scanner, document);
      return functions.map(readingLens);
    }
    // The editor leaves those there that it has until there are others.
    const lines = await this.#linesOf(scanner, document, signal);
    const parts = functions.map(({ from, to }) => partOf(from, to, lines));
    return parts.map((part) => lensOf(document, part, parts));
  }

  dispose(): void {
    this.on = false;
    vscode.Disposable.from(this.#closing, this.#changed).dispose();
  }

  /** Whoever sees no lens yet is told at once that there will be one. */
  async #readFirst(scanner: FolderScanner, document: vscode.TextDocument): Promise<void> {
    if (this.#reading.has(document)) return;
    const controller = new AbortController();
    const { signal } = controller;
    this.#reading.set(document, controller);
    try {
      await this.#linesOf(scanner, document, signal);
      this.#changed.fire();
    } catch (error) {
      // Whoever does not want the text to go to a server is not asked again at each edit.
      if (isCancellation(error) && !signal.aborted) this.on = false;
      if (!signal.aborted) void showError(error);
    } finally {
      this.#reading.delete(document);
    }
  }

  async #linesOf(scanner: FolderScanner, document: vscode.TextDocument, signal: AbortSignal): Promise<Lines> {
    const { version } = document;
    const path = pathIn(scanner.uri, document.uri);
    const title = vscode.l10n.t('Vitrine reads {0}', path);
    const { lines } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      scanner.scoreOf({ path, languageId: document.languageId, text: document.getText() }, signal),
    );
    this.#read.set(document, version);
    return lines;
  }
}

function readingLens({ from }: SymbolLines): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(from, 0, from, 0), { title: vscode.l10n.t('reading…'), command: '' });
}

function partOf(from: number, to: number, lines: RawFileScore['lines']): Part {
  const own = lines.filter(({ line }) => line >= from && line < to);
  const sum = (of: (line: RawFileScore['lines'][number]) => number) => own.reduce((all, line) => all + of(line), 0);
  return { from, to, tokens: sum(({ tokens }) => tokens), bits: sum(({ bits }) => bits) };
}

function lensOf({ uri }: vscode.TextDocument, part: Part, parts: readonly Part[]): vscode.CodeLens {
  const { t } = vscode.l10n;
  const mean = t('{0} a token', formatBits(part.bits / part.tokens));
  const isCounted = part.tokens > 0;
  return new vscode.CodeLens(new vscode.Range(part.from, 0, part.from, 0), {
    title: isCounted ? besideText(mean, higherThan(part, parts)) : t('not counted'),
    tooltip: isCounted
      ? t(
          'Mean surprisal of a token of this function, and what part of the tokens in other functions of this file are in functions with a lower one. Press to colour the text by surprisal.',
        )
      : t(
          'It stands among the first 16 tokens of the file, which surprise because the file begins and do not count. Press to colour the text by surprisal.',
        ),
    command: 'vitrine.colourFunction',
    arguments: [uri, part.from],
  });
}

/** @param share of how much of the file's other functions it is higher; NaN where there are none */
function besideText(mean: string, share: number): string {
  const { t } = vscode.l10n;
  if (Number.isNaN(share)) return mean;
  if (share === 1) return t('{0}, the highest of this file', mean);
  if (share === 0) return t('{0}, the lowest of this file', mean);
  return t('{0}, higher than {1} of this file', mean, formatProbability(share));
}
