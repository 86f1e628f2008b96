import { existsSync, readFileSync } from 'node:fs';
import { messageOf, render, VitrineError } from '../../../src/shared/errors';

/** English text to the same in a language; nothing where there is no translation. */
export function translationsOf(language: string): Record<string, string> {
  const file = `l10n/bundle.l10n.${language}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** What an error says to a person. */
export function spokenError(error: unknown, translations: Record<string, string>): string {
  const translate = (template: string, ...values: (string | number)[]) =>
    (translations[template] ?? template).replace(/\{(\d+)\}/g, (_, index) => String(values[index]));
  return error instanceof VitrineError && error.sentence ? render(error.sentence, translate) : messageOf(error);
}
