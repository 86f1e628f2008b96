import type * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import { type Reading, type TokenAt, tokenAt } from '../readings/reading';
import type { SelectedHead } from '../selected-head';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { attentionOverlay } from './attention-overlay';
import type { CutNotice } from './cut-notice';
import { type CursorQuestion, FromCursor } from './from-cursor';
import type { Overlays } from './overlays';
import { type PaintedAttention, queryAttention } from './painted-attention';

/** Paints what the token at the cursor attends to, and follows the cursor. */
export class Attention extends FromCursor<PaintedAttention> {
  constructor(services: Services, overlays: Overlays, cutNotice: CutNotice, changed: () => void) {
    const question: CursorQuestion<PaintedAttention> = {
      tokenAt: tokenAtCursor,
      ask: ({ document }, { model }, token) => attentionOf(services, document, model, token),
      changes: [
        services.selection.onDidChange,
        (listener) => onSettingsChange(['maskSink'], () => listener(undefined)),
      ],
      needs: 'hasAttention',
      overlay: attentionOverlay,
    };
    super(services, overlays, cutNotice, question, changed);
  }
}

async function attentionOf(
  { readings, selection }: Services,
  document: vscode.TextDocument,
  model: ModelInfo,
  { part, index }: TokenAt,
): Promise<PaintedAttention> {
  const head = chosenHead(selection, model);
  const heads = head ?? { mean: true };
  const weights = await readings.engine.attentionOfQuery({ trace: part.trace, query: index, ...heads });
  return { document, part, query: index, head, attention: queryAttention(weights, settings.maskSink()) };
}

/** The head that was chosen, if this model has it: it may have been chosen in another one. */
function chosenHead(
  { head }: SelectedHead,
  { numHiddenLayers, numAttentionHeads }: ModelInfo,
): HeadAddress | undefined {
  return head && head.layer < numHiddenLayers && head.head < numAttentionHeads ? head : undefined;
}

/** At the end of the text the cursor is on its last token. */
function tokenAtCursor({ document, selection }: vscode.TextEditor, reading: Reading): TokenAt | undefined {
  const offset = document.offsetAt(selection.active);
  return tokenAt(reading, offset) ?? tokenAt(reading, offset - 1);
}
