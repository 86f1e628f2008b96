import * as vscode from 'vscode';
import { formatLogprob } from '../../display/numbers';
import type { Tokenizer } from '../../tokenizer';
import { firstTokenOf } from '../first-token';
import { pickOrType } from '../pick-or-type';
import type { Services } from '../services';
import { tokenLabel } from '../visible-token';
import type { PaintedWhy } from './painted-why';
import type { ChosenTokens } from './why';

/** The most probable tokens that are offered; any other can be typed. */
const OFFERED = 50;

type TokenItem = vscode.QuickPickItem & { id: number };

/** Lets a person choose which token is asked about where it is painted why one, and then against which. */
export async function chooseTokens(
  { readings, tokens }: Pick<Services, 'readings' | 'tokens'>,
  { part, position, answer }: PaintedWhy,
): Promise<ChosenTokens | undefined> {
  if (!answer) return undefined;
  const { t } = vscode.l10n;
  const tokenizer = await tokens.named('model');
  const logprobs = await readings.engine.distribution({ trace: part.trace, position: position - 1 });
  const place = new PlaceItems(tokenizer, logprobs, part.ids[position]);
  const token = await place.pick({ title: t('Why which token?'), number: 1, first: answer.why.token });
  if (token === undefined) return undefined;
  const title = t('Why {0} rather than which other?', place.labelOf(token));
  const { why } = answer;
  const first = why.against === token ? why.token : why.against;
  const against = await place.pick({ title, number: 2, first, without: token });
  return against === undefined ? undefined : { token, against };
}

/** Tokens that can stand at a place. */
class PlaceItems {
  readonly #tokenizer: Tokenizer;
  readonly #logprobs: Float32Array;
  readonly #there: number | undefined;
  readonly #likeliest: readonly number[];

  /**
   * @param logprobs [token]
   * @param there the token that stands there, if one does
   */
  constructor(tokenizer: Tokenizer, logprobs: Float32Array, there: number | undefined) {
    this.#tokenizer = tokenizer;
    this.#logprobs = logprobs;
    this.#there = there;
    this.#likeliest = Array.from(logprobs.keys())
      .sort((one, other) => (logprobs[other] ?? 0) - (logprobs[one] ?? 0))
      .slice(0, OFFERED);
  }

  labelOf(id: number): string {
    return tokenLabel(this.#tokenizer, id, vscode.l10n.t);
  }

  /** @param first what is offered first @param without what is not offered */
  async pick({ title, number, first, without }: { title: string; number: number; first: number; without?: number }) {
    const ids = new Set([first, ...(this.#there === undefined ? [] : [this.#there]), ...this.#likeliest]);
    if (without !== undefined) ids.delete(without);
    const chosen = await pickOrType<TokenItem>({
      title,
      placeholder: vscode.l10n.t('One of these, or type a word'),
      known: Array.from(ids, (id) => this.#itemOf(id)),
      typed: (word) => this.#typedItems(word).filter(({ id }) => id !== without),
      step: { number, of: 2 },
    });
    return chosen?.id;
  }

  #itemOf(id: number): TokenItem {
    const there = id === this.#there ? [vscode.l10n.t('stands here')] : [];
    const description = [formatLogprob(this.#logprobs[id] ?? Number.NaN), ...there].join(' · ');
    return { label: this.labelOf(id), description, id };
  }

  /** A word that begins with a space is another token than one without: both are offered. */
  #typedItems(word: string): TokenItem[] {
    if (word === '') return [];
    const items = [` ${word}`, word].flatMap((text): TokenItem[] => {
      const first = firstTokenOf(this.#tokenizer, text);
      if (!first) return [];
      const detail = first.of > 1 ? { detail: vscode.l10n.t('the first of {0} tokens', first.of) } : {};
      return [{ ...this.#itemOf(first.id), ...detail, alwaysShow: true }];
    });
    return items.filter(({ id }, place) => items.findIndex((item) => item.id === id) === place);
  }
}
