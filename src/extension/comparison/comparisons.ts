import * as vscode from 'vscode';
import { noDivergence } from '../../comparison/compare-readings';
import { divergenceStatistics } from '../../comparison/divergence-statistics';
import { measureAsLlamaCpp } from '../../comparison/measure-as-llama-cpp';
import type { Comparisons, DivergenceScope, MeasuredDivergence } from '../../shared/comparisons';
import type { ComparedText, DivergenceStatistics, ScoredAnswer } from '../../shared/difference-api';
import { sentence, VitrineError } from '../../shared/errors';
import type { InspectorEvents } from '../../shared/inspector-api';
import { interventionsOf } from '../../shared/steering';
import type { ProgressReport } from '../engine/engine-host';
import type { Comparer } from './comparer';
import type { Comparison } from './comparison';
import { MeasuredDivergences } from './measured-divergences';
import { nothingCompared } from './nothing-compared';

interface Options {
  comparison: Comparison;
  comparer: Comparer;
  /** The text that is inspected, and the whole of its document; whether they are a chat in the model's template. */
  texts(): { subject: string; selected: string; whole: string; isChat: boolean } | undefined;
  progress: InspectorEvents['progress'];
}

/**
 * What views ask about two models; `measured` has the statistics that are known, `cancel` ends one of what is asked, and
 * `engineProgress` is told what engines report.
 */
export function createComparisons({ comparison, comparer, texts, progress }: Options): {
  comparisons: Comparisons;
  measured(): MeasuredDivergence[];
  cancel(task: number): void;
  cancelAll(): void;
  engineProgress(report: ProgressReport): void;
} {
  const running = new Map<number, { source: vscode.CancellationTokenSource; tasks: Set<number> }>();
  const known = new MeasuredDivergences();

  const run = async <T>(
    task: number,
    work: (token: vscode.CancellationToken, began: (task: number) => void) => Promise<T>,
  ): Promise<T> => {
    const source = new vscode.CancellationTokenSource();
    const tasks = new Set<number>();
    running.set(task, { source, tasks });
    try {
      return await work(source.token, (began) => tasks.add(began));
    } finally {
      running.delete(task);
      source.dispose();
    }
  };
  const text = () => {
    const found = texts();
    if (found) return found;
    throw new VitrineError('comparison.text', sentence`There is no text to compare. Select one in the editor.`);
  };
  const measuredText = ({ whole }: DivergenceScope) => (whole ? text().whole : text().selected);
  const measure = async (
    wanted: string,
    { task, asLlamaCpp }: DivergenceScope & { task: number },
    token: vscode.CancellationToken,
    began: (task: number) => void,
  ): Promise<DivergenceStatistics> => {
    if (asLlamaCpp)
      return asLlama(comparison, wanted, token, (done, total) => progress({ task, stage: 'difference', done, total }));
    const { sameVocabulary, tokens } = await comparer.compare({ text: wanted, isChat: text().isChat }, token, began);
    if (sameVocabulary) return divergenceStatistics([tokens]);
    throw noDivergence();
  };

  return {
    comparisons: {
      differences: ({ task }) =>
        run(task, async (token, began) => {
          const { subject, isChat } = text();
          return comparer.compare({ text: subject, isChat }, token, began);
        }),
      divergence: (asked) =>
        run(asked.task, async (token, began) => {
          const of = { revision: comparison.revision, text: measuredText(asked) };
          const statistics = await measure(of.text, asked, token, began);
          known.keep(of, { whole: asked.whole, asLlamaCpp: asked.asLlamaCpp, statistics });
          return statistics;
        }),
      scorePair: ({ task, prompt, chosen, rejected, isChat }) =>
        run(task, async (token, began) => {
          const score = (answer: string) => comparer.compareAnswer(prompt, answer, isChat, token, began);
          const [ofChosen, ofRejected] = [await score(chosen), await score(rejected)];
          const { sameVocabulary } = ofChosen;
          return { sameVocabulary, chosen: scored(chosen, ofChosen), rejected: scored(rejected, ofRejected) };
        }),
      sameVocabulary: () => comparer.sameVocabulary(),
      compareWith: async () => void vscode.commands.executeCommand('vitrine.compareWith', 'caller'),
      compareForm: async (form) => comparison.choose({ kind: 'weights', weights: form }),
      stopComparing: async () => comparison.stop(),
      setAdapterGain: async (gain) => {
        comparison.adapterGain = gain;
      },
    },
    measured: () => (texts() ? known.current(comparison.revision, measuredText) : []),
    cancel: (task) => running.get(task)?.source.cancel(),
    cancelAll: () => {
      for (const { source } of running.values()) source.cancel();
    },
    engineProgress: (report) => {
      for (const [task, { tasks }] of running) if (tasks.has(report.task)) progress({ ...report, task });
    },
  };
}

function scored(text: string, { spans }: ComparedText): ScoredAnswer {
  const tokens = spans.map(({ start, end, logprobA, logprobB }) => ({
    text: text.slice(start, end),
    logprobA,
    logprobB,
  }));
  const sum = (of: (token: (typeof tokens)[number]) => number) => tokens.reduce((total, token) => total + of(token), 0);
  return { text, tokens, logprobA: sum(({ logprobA }) => logprobA), logprobB: sum(({ logprobB }) => logprobB) };
}

async function asLlama(
  { a, b, hasDistributions }: Comparison,
  text: string,
  token: vscode.CancellationToken,
  progress: (done: number, total: number) => void,
): Promise<DivergenceStatistics> {
  if (!b) throw nothingCompared();
  const abort = new AbortController();
  const cancellation = token.onCancellationRequested(() => abort.abort());
  try {
    const { createTokenizerInSlices, encodeInSlices } = await import('../../tokenizer');
    const tokenizer = await createTokenizerInSlices(await a.texts.engine.vocabulary({}));
    const { begin } = tokenizer;
    const { ids } = await encodeInSlices(tokenizer, text, {});
    return await measureAsLlamaCpp(
      {
        a: { engine: a.texts.engine, changes: interventionsOf(a.changes()) },
        b: { engine: b.texts.engine, changes: interventionsOf(b.changes()) },
        ids: [...begin, ...ids],
        begin,
        hasDistributions,
        nextTask: () => a.host.newTask(),
      },
      { signal: abort.signal, progress },
    );
  } finally {
    cancellation.dispose();
  }
}
