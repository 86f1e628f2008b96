import * as vscode from 'vscode';
import { type Asked, alternativesAt, askedAt } from '../../display/asked-place';
import type { TokenAt } from '../readings/reading';
import type { Services } from '../services';
import { tokenLabel } from '../visible-token';
import type { CutNotice } from './cut-notice';
import { type CursorQuestion, FromCursor } from './from-cursor';
import type { Overlays } from './overlays';
import { type PaintedWhy, whyAnswer } from './painted-why';
import { whyOverlay } from './why-overlay';
import { asksWhatComesNext, offsetOf, whyPlace } from './why-place';

/** Tokens that a person has chosen, by their ids; by default the ones that the place itself has. */
export type ChosenTokens = Partial<Pick<Asked, 'token' | 'against'>>;

/** Paints what each token before the one at the cursor brings for it and against another, and follows the cursor. */
export class Why extends FromCursor<PaintedWhy> {
  /** Of one place: at another nobody has chosen yet. */
  #chosen: { document: vscode.TextDocument; offset: number; tokens: ChosenTokens } | undefined;

  constructor(services: Services, overlays: Overlays, cutNotice: CutNotice, changed: () => void) {
    const question: CursorQuestion<PaintedWhy> = {
      tokenAt: whyPlace,
      ask: ({ document }, _, place) => whyOf(services, document, place, this.#chosenAt(document, place)),
      needs: 'hasResidualStream',
      changes: [],
      overlay: whyOverlay,
    };
    super(services, overlays, cutNotice, question, changed);
  }

  /** Says which tokens to ask about, from now on, at the place that is painted. */
  choose(tokens: ChosenTokens): void {
    const { document, part, position: index } = this.painted ?? {};
    if (document && part && index !== undefined) this.#chosen = { document, offset: offsetOf({ part, index }), tokens };
  }

  #chosenAt(document: vscode.TextDocument, place: TokenAt): ChosenTokens {
    const isThere = this.#chosen?.document === document && this.#chosen.offset === offsetOf(place);
    return (isThere && this.#chosen?.tokens) || {};
  }
}

async function whyOf(
  { readings, tokens }: Services,
  document: vscode.TextDocument,
  place: TokenAt,
  chosen: ChosenTokens,
): Promise<PaintedWhy> {
  const { part, index: position } = place;
  const isNext = asksWhatComesNext(document, place);
  if (position === 0) return { document, part, position, isNext, answer: undefined };
  const [likeliest] = alternativesAt(part.predictions, position);
  const next = likeliest && isNext ? { token: likeliest.id } : {};
  const asked = askedAt(part.predictions, part.ids, position, { ...next, ...chosen });
  const why = await readings.engine.why({ trace: part.trace, position, ...asked });
  const tokenizer = await tokens.named('model');
  const labelOf = (id: number) => tokenLabel(tokenizer, id, vscode.l10n.t);
  const answer = whyAnswer(why, { token: labelOf(why.token), against: labelOf(why.against) });
  return { document, part, position, isNext, answer };
}
