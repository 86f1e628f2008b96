import * as vscode from 'vscode';
import { whyTerms } from '../../display/why-terms';
import { type Capability, checkCapability } from '../../shared/capabilities';
import type { ModelInfo, Predictions, TraceInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { inSlices, isTiktokenName, TIKTOKEN_NAMES, TokenizedDocument } from '../../tokenizer';
import { tokensIn } from '../documents/tokens-in-spans';
import { spokenError } from '../error-text';
import { READING_TOP_K } from '../readings/reading';
import type { Services } from '../services';
import type { SelectedToken } from './selected-token';
import type { VitrineApi, VitrineToken, VitrineTokenPrediction } from './vitrine';
import { whyQuestion } from './why-question';

/** What `activate` returns: the services of this extension for others, as vitrine.d.ts documents them. */
export function createApi({ host, tokens, readings }: Services, selected: SelectedToken): VitrineApi {
  const tokenizerNamed = (name: string) => {
    if (name === 'model' || isTiktokenName(name)) return tokens.named(name);
    const names = TIKTOKEN_NAMES.join(', ');
    throw new VitrineError('tokenizer.name', vscode.l10n.t('There is no tokenizer {0}: use model, {1}.', name, names));
  };

  /** Lets a model that can tell what is wanted read a text, or finds that it has, and asks about it. */
  const read = <T>(
    text: string,
    wanted: Capability,
    cancellation: vscode.CancellationToken | undefined,
    ask: (model: ModelInfo, trace: TraceInfo) => Promise<T>,
  ) =>
    host.runTask(cancellation ?? new vscode.CancellationTokenSource().token, async ({ model }, task) => {
      checkCapability(model, wanted);
      return ask(model, await readings.engine.forward({ task, text }));
    });

  return {
    version: 1,
    onDidChangeSelection: selected.onDidChange,

    tokenize: spoken(async (text, name = 'model') => {
      const tokenizer = await tokenizerNamed(name);
      const document = new TokenizedDocument(tokenizer, text, { special: true });
      await inSlices(document.settle());
      const { ids, starts, ends } = await inSlices(tokensIn(document, [{ start: 0, end: text.length }]));
      return ids.map((id, i): VitrineToken => {
        return { id, text: tokenizer.tokenText(id), start: starts[i] ?? 0, end: ends[i] ?? 0 };
      });
    }),

    probabilities: spoken(async (text, cancellation) => {
      const tokenizer = await tokens.named('model');
      return read(text, 'hasLogprobs', cancellation, async (_model, trace) => {
        const range = { from: 0, to: trace.ids.length };
        const predictions = await readings.engine.predictions({ trace: trace.trace, ...range, topK: READING_TOP_K });
        return tokenPredictions(trace, predictions, (id) => tokenizer.textOrNone(id));
      });
    }),

    attention: spoken((text, query, cancellation) =>
      read(text, 'hasAttention', cancellation, async (model, { trace }) => {
        const weights = await readings.engine.attentionOfQuery({ trace, query });
        return { layers: model.numHiddenLayers, heads: model.numAttentionHeads, weights };
      }),
    ),

    why: spoken(async (text, question = {}, cancellation) => {
      const tokenizer = await tokens.named('model');
      return read(text, 'hasResidualStream', cancellation, async ({ layers }, { trace, ids }) => {
        const asked = whyQuestion(tokenizer, ids.length, question);
        return whyTerms(await readings.engine.why({ trace, ...asked }), layers, ids, (id) => tokenizer.textOrNone(id));
      });
    }),
  };
}

/** A call whose failure is told in the editor's language. */
function spoken<A extends unknown[], T>(call: (...given: A) => Promise<T>): (...given: A) => Promise<T> {
  return (...given) =>
    call(...given).catch((error: unknown) => {
      throw spokenError(error);
    });
}

/** What the engine tells of a text, token by token. @param textOf of a token, by its id */
function tokenPredictions(
  { ids, starts, ends }: TraceInfo,
  predictions: Predictions,
  textOf: (id: number) => string,
): VitrineTokenPrediction[] {
  const { logprob, rank, rankLimit = Number.POSITIVE_INFINITY, entropyAfter: entropy, isEntropyBound } = predictions;
  const { topIdsAfter: topIds, topLogprobsAfter: topLogprobs, topK } = predictions;
  return Array.from(ids, (id, i) => {
    const isPredicted = !Number.isNaN(logprob[i]);
    const isRankKnown = isPredicted && (rank[i] ?? 0) < rankLimit;
    return {
      id,
      text: textOf(id),
      start: starts[i] ?? 0,
      end: ends[i] ?? 0,
      logprob: isPredicted ? logprob[i] : undefined,
      rank: isRankKnown ? rank[i] : undefined,
      ...(isPredicted && !isRankKnown && { rankAtLeast: rankLimit }),
      entropy: entropy[i] ?? 0,
      ...(isEntropyBound && { isEntropyBound }),
      top: Array.from(topIds.subarray(i * topK, (i + 1) * topK), (top, k) => {
        return { id: top, text: textOf(top), logprob: topLogprobs[i * topK + k] ?? Number.NaN };
        // A server may not name what comes after the last token.
      }).filter(({ logprob }) => !Number.isNaN(logprob)),
    };
  });
}
