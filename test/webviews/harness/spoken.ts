import { existsSync, readFileSync } from 'node:fs';
import { errorText } from '../../../src/display/sentences';
import { fill } from '../../../src/shared/errors';

/** English text to the same in a language; nothing where there is no translation. */
export function translationsOf(language: string): Record<string, string> {
  const file = `l10n/bundle.l10n.${language}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** What an error says to a person. */
export function spokenError(error: unknown, translations: Record<string, string>): string {
  return errorText(error, (template, ...values) => fill(translations[template] ?? template, ...values));
}
