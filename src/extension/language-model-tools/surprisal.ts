import * as v from 'valibot';
import * as vscode from 'vscode';
import type { VitrineApi } from '../api/vitrine';
import { tool } from './tool';

const input = v.object({ text: v.string() });

/** Answers `{ totalBits, tokens: [{ text, bits, rank }] }`; ranks count from 1, as in all that people read, and the first token has no numbers. */
export function surprisalTool(api: VitrineApi): vscode.LanguageModelTool<unknown> {
  return tool(input, vscode.l10n.t('Letting a model read the text'), async ({ text }, cancellation) => {
    const tokens = (await api.probabilities(text, cancellation)).map(({ text, logprob, rank }) => {
      if (logprob === undefined || rank === undefined) return { text, bits: null, rank: null };
      return { text, bits: round(-logprob / Math.LN2), rank: rank + 1 };
    });
    return { totalBits: round(tokens.reduce((sum, { bits }) => sum + (bits ?? 0), 0)), tokens };
  });
}

/** To hundredths: a language model reads every digit as a token. */
const round = (bits: number) => Math.round(100 * bits) / 100;
