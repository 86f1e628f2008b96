import { t } from '../../../l10n';
import type { ViewState } from '../../../store/view-state';

/** Texts that have something, and texts that lack it; a line is a text. */
export const KINDS = ['positive', 'negative'] as const;
export type Kind = (typeof KINDS)[number];

export const METHODS = ['mean', 'pca'] as const;
export type Method = (typeof METHODS)[number];

/** Sentences that part at their last words: the direction is of their last tokens. */
export const EXAMPLE: Readonly<Record<Kind, readonly string[]>> = {
  positive: [
    'I am so happy today, I',
    'She was delighted with the news and',
    'What a wonderful morning! Everyone',
    'He laughed with joy because',
    'The children were cheerful and',
    'We love this place, it',
    'It was the best day of my life and',
    'They smiled and sang as',
  ],
  negative: [
    'I am so sad today, I',
    'She was devastated by the news and',
    'What a terrible morning! Everyone',
    'He wept with grief because',
    'The children were miserable and',
    'We hate this place, it',
    'It was the worst day of my life and',
    'They frowned and cried as',
  ],
};

export const kindLabel = (kind: Kind): string =>
  kind === 'positive' ? t('Texts that have it, one a line') : t('Texts that lack it, one a line');

export const textsOfKind = (viewState: ViewState, kind: Kind): string => viewState.get(`steering.${kind}`, '');

export function setTexts(viewState: ViewState, kind: Kind, text: string): void {
  viewState.set(`steering.${kind}`, text);
}

/** Lines that say something. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

export const methodOf = (viewState: ViewState): Method => viewState.get<Method>('steering.method', 'mean');

export function setMethod(viewState: ViewState, method: string): void {
  viewState.set('steering.method', method);
}

/** What a direction is called: the first text that has it, and the first that lacks it. */
export function directionName(positive: readonly string[], negative: readonly string[]): string {
  const short = (text = '') => (text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()}…` : text);
  return `${short(positive[0])} − ${short(negative[0])}`;
}

const SHORT = 24;
