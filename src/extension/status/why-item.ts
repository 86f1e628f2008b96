import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { legendText } from '../decorations/why-note';
import type { Services } from '../services';
import { shownLegend } from './shown-legend';
import { plain } from './status-text';

/** Beside the other item. */
const PRIORITY = 91;

/** An item in the status bar for as long as it is painted why a token: which one, and against which. It opens the view that says more. */
export class WhyItem implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #item = vscode.window.createStatusBarItem('vitrine.why', vscode.StatusBarAlignment.Right, PRIORITY);
  readonly #subscriptions: vscode.Disposable;

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    this.#item.name = vscode.l10n.t('Vitrine: why this token');
    this.#item.command = 'vitrine.inspectWhy';
    const show = () => this.#show();
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      decorations.onDidPaintWhy(show),
      decorations.onDidChange(show),
      services.activeText.onDidChange(show),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #show(): void {
    const { host, activeText } = this.#services;
    const { document } = activeText;
    const answer = document && this.#decorations.whyIn(document)?.answer;
    if (!answer) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(question) ${plain(legendText(answer))}`;
    this.#item.accessibilityInformation = { label: legendText(answer) };
    const tooltip = new vscode.MarkdownString(
      shownLegend(document, this.#decorations, host.model, undefined).join('\n\n'),
    );
    tooltip.isTrusted = { enabledCommands: ['vitrine.inspectWhy'] };
    tooltip.supportHtml = true;
    this.#item.tooltip = tooltip;
    this.#item.show();
  }
}
