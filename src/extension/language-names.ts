import * as vscode from 'vscode';
import { spokenLanguage } from './spoken-language';

/** More would be a list that nobody reads. */
const MOST = 5;

/** Languages by their ISO 639 codes, as a reader says them: `English, Spanish, and French`. */
export function languageNames(codes: readonly string[]): string {
  const names = new Intl.DisplayNames(spokenLanguage(), { type: 'language' });
  // One more takes no more room by its name.
  const shown = (codes.length > MOST + 1 ? codes.slice(0, MOST) : codes).map((code) => names.of(code) ?? code);
  const more = codes.length - shown.length;
  if (more > 0) shown.push(vscode.l10n.t('{0} more', more));
  return new Intl.ListFormat(spokenLanguage(), { type: 'conjunction' }).format(shown);
}
