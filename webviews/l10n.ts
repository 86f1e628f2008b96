let translations: Record<string, string> = {};

/** Called once, before anything is drawn. */
export function setTranslations(all: Record<string, string>): void {
  translations = all;
}

/** A text in the reader's language; `{0}` stands for the first value. */
export function t(text: string, ...values: (string | number)[]): string {
  return (translations[text] ?? text).replace(/\{(\d+)\}/g, (_, index) => String(values[index] ?? ''));
}
