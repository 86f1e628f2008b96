import * as vscode from 'vscode';
import { formatTimeLeft } from '../display/numbers';

/** `about 3 min left`, `about 2 h 5 min left`; nothing where it is not known. */
export function timeLeft(seconds: number): string | undefined {
  if (Number.isNaN(seconds)) return undefined;
  return seconds < 60 ? vscode.l10n.t('under a minute left') : vscode.l10n.t('about {0} left', formatTimeLeft(seconds));
}
