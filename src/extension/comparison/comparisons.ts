import * as vscode from 'vscode';
import { noDivergence } from '../../comparison/compare-readings';
import { divergenceStatistics } from '../../comparison/divergence-statistics';
import { measureAsLlamaCpp } from '../../comparison/measure-as-llama-cpp';
import type { Comparisons } from '../../shared/comparisons';
import type { ComparedText, DivergenceStatistics, ScoredAnswer } from '../../shared/difference-api';
import { sentence, VitrineError } from '../../shared/errors';
import type { InspectorEvents } from '../../shared/inspector-api';
import { interventionsOf } from '../../shared/steering';
import type { ProgressReport } from '../engine/engine-host';
import type { Comparer } from './comparer';
import type { Comparison } from './comparison';
import { nothingCompared } from './nothing-compared';

interface Options {
  comparison: Comparison;
  comparer: Comparer;
  /** The text that is inspected, and the whole of its document. */
  texts(): { subject: string; selected: string; whole: string } | undefined;
  progress: InspectorEvents['progress'];
}

/** What views ask about two models; `cancel` ends one of it, and `engineProgress` is told what engines report. */
export function createComparisons({ comparison, comparer, texts, progress }: Options): {
  comparisons: Comparisons;
  cancel(task: number): void;
  cancelAll(): void;
  engineProgress(report: ProgressReport): void;
} {
  const running = new Map<number, { source: vscode.CancellationTokenSource; tasks: Set<number> }>();

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

  return {
    comparisons: {
      differences: ({ task }) => run(task, (token, began) => comparer.compare(text().subject, token, began)),
      divergence: ({ task, whole, asLlamaCpp }) =>
        run(task, async (token, began) => {
          const { selected, whole: document } = text();
          const wanted = whole ? document : selected;
          if (asLlamaCpp)
            return asLlama(comparison, wanted, token, (done, total) =>
              progress({ task, stage: 'difference', done, total }),
            );
          const { sameVocabulary, tokens } = await comparer.compare(wanted, token, began);
          if (sameVocabulary) return divergenceStatistics([tokens]);
          throw noDivergence();
        }),
      scorePair: ({ task, prompt, chosen, rejected, isChat }) =>
        run(task, async (token, began) => {
          const score = async (answer: string) =>
            scored(answer, await comparer.compareAnswer(prompt, answer, isChat, token, began));
          return { chosen: await score(chosen), rejected: await score(rejected) };
        }),
      compareWith: async () => void vscode.commands.executeCommand('vitrine.compareWith'),
      stopComparing: async () => comparison.stop(),
      setAdapterGain: async (gain) => {
        comparison.adapterGain = gain;
      },
    },
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
  { a, b }: Comparison,
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
    const { ids } = await encodeInSlices(tokenizer, text, { special: true });
    return await measureAsLlamaCpp(
      {
        a: { engine: a.texts.engine, changes: interventionsOf(a.changes()) },
        b: { engine: b.texts.engine, changes: interventionsOf(b.changes()) },
        ids,
        begin: tokenizer.begin,
        nextTask: () => a.host.newTask(),
      },
      { signal: abort.signal, progress },
    );
  } finally {
    cancellation.dispose();
  }
}
