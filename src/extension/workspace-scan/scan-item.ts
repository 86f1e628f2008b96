import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { ScanState } from '../../shared/workspace-api';
import { timeLeft } from '../time-left';
import type { FolderScanner } from './folder-scanner';
import type { WorkspaceScans } from './workspace-scans';

/** Left of the other items. */
const PRIORITY = 92;
const SHOW_MS = 250;

/** An item in the status bar while the workspace is read: how far that is. A click pauses it, or goes on. */
export class ScanItem implements vscode.Disposable {
  readonly #scans: WorkspaceScans;
  readonly #item = vscode.window.createStatusBarItem('vitrine.scan', vscode.StatusBarAlignment.Right, PRIORITY);
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(scans: WorkspaceScans) {
    this.#scans = scans;
    this.#item.name = vscode.l10n.t('Vitrine: scan of the workspace');
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      scans.onDidChange(() => {
        this.#timer ??= setTimeout(() => this.#show(), SHOW_MS);
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #show(): void {
    this.#timer = undefined;
    const folder = this.#scans.folders.find(({ scanning }) => scanning.kind !== 'off' && scanning.kind !== 'done');
    if (!folder) {
      this.#item.hide();
      return;
    }
    const { scanning } = folder;
    const isAtWork = ['loading', 'working'].includes(scanning.kind);
    this.#item.text = `$(${ICONS[scanning.kind]}) ${shortText(folder)}`;
    this.#item.accessibilityInformation = { label: `Vitrine: ${shortText(folder)}` };
    this.#item.command = isAtWork ? 'vitrine.pauseScan' : 'vitrine.scanWorkspace';
    this.#item.tooltip = tooltipOf(folder);
    this.#item.show();
  }
}

/** None moves while code is read, which takes hours: the window would be painted all the time. */
const ICONS: Record<ScanState['kind'], string> = {
  off: 'search',
  loading: 'sync~spin',
  working: 'sync',
  waiting: 'watch',
  paused: 'debug-pause',
  failed: 'error',
  done: 'check',
};

function shortText({ scanning, progress }: FolderScanner): string {
  const { t } = vscode.l10n;
  if (scanning.kind === 'loading') return t('Scan: loading the model');
  const counts = [formatCount(progress.filesRead), formatCount(progress.files)] as const;
  if (scanning.kind === 'paused') return t('Scan paused: {0} of {1} files', ...counts);
  if (scanning.kind === 'failed') return t('Scan failed: {0} of {1} files', ...counts);
  const text = t('Scan: {0} of {1} files', ...counts);
  const left = scanning.kind === 'working' ? timeLeft(progress.secondsLeft) : undefined;
  return left ? `${text} · ${left}` : text;
}

function tooltipOf({ name, scanning, progress, leftOut, model, notice }: FolderScanner): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { filesRead, files, tokensRead, tokens, tokensPerSecond } = progress;
  const isReading = scanning.kind === 'working';
  const numbers = [
    t('{0} of {1} files', formatCount(filesRead), formatCount(files)),
    t('{0} of about {1} tokens', formatCount(tokensRead), formatCount(tokens)),
    ...(isReading && tokensPerSecond >= 1 ? [t('{0} tokens a second', formatCount(tokensPerSecond))] : []),
    ...(isReading ? [timeLeft(progress.secondsLeft) ?? []].flat() : []),
  ];
  const markdown = new vscode.MarkdownString();
  const paragraphs = [
    t('The model reads the code in {0} in the background.', name),
    ...(model ? [model] : []),
    numbers.join(' · '),
    leftOut.size === 1 ? t('1 file is left out') : t('{0} files are left out', formatCount(leftOut.size)),
    ...(scanning.kind === 'waiting' || scanning.kind === 'failed' ? (scanning.message ?? []) : []),
    ...(scanning.kind === 'waiting' ? [t('It waits {0}.', scanning.reason)] : []),
    ...(notice ? [notice] : []),
  ];
  for (const paragraph of paragraphs) markdown.appendMarkdown(`${escapeMarkdown(paragraph)}\n\n`);
  const isAtWork = ['loading', 'working'].includes(scanning.kind);
  const first = isAtWork
    ? `[${t('Pause')}](command:vitrine.pauseScan)`
    : `[${t('Go On')}](command:vitrine.scanWorkspace)`;
  const map = `[${t('Show the Map')}](command:vitrine.showWorkspaceMap)`;
  markdown.appendMarkdown(`${first} · [${t('End')}](command:vitrine.endScan) · ${map}`);
  const enabledCommands = ['vitrine.pauseScan', 'vitrine.scanWorkspace', 'vitrine.endScan', 'vitrine.showWorkspaceMap'];
  markdown.isTrusted = { enabledCommands };
  return markdown;
}

/** `appendText` makes spaces such as no line may break at. */
const escapeMarkdown = (text: string) => text.replaceAll(/[\\`*_{}[\]()#+\-.!~<>|]/g, '\\$&');
