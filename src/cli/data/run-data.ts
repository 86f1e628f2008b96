import { basename, join } from 'node:path';
import type { Filter } from '../../datasets/filters/filter';
import type { Funnel } from '../../datasets/funnel/funnel-api';
import { PRESETS } from '../../datasets/funnel/rules';
import { startFunnel } from '../../datasets/funnel/start-funnel';
import { formatBytes } from '../../display/format-bytes';
import { formatQuantity } from '../../display/numbers';
import { cacheFolder } from '../../model/cache/folder';
import { print, screenOf, warn } from '../output';
import { onStop } from '../session';
import { createProgressLine } from '../terminal/progress';
import { funnelRows } from './funnel-rows';
import { printReport } from './json';
import { type AskedThreshold, thresholdsOf } from './thresholds';
import { funnelView } from './view';

/** What is made of a data set. */
export interface AskedData {
  preset: string;
  thresholds: readonly AskedThreshold[];
  questions: string | undefined;
  json: boolean;
  exportKept: string | undefined;
  exportRemoved: string | undefined;
}

/** `vitrine data`: reads a data set once through the rules of a preset, and prints, or writes, what they make of it. */
export async function runData(path: string, asked: AskedData): Promise<void> {
  const preset = PRESETS.find(({ name }) => name === asked.preset) ?? PRESETS[0];
  if (!preset) return;
  const filters = preset.filters as readonly Filter<never>[];
  const names = filters.flatMap(({ measures }) => measures.map(({ name }) => name));
  const thresholds = thresholdsOf(preset.thresholds, names, asked.thresholds);
  await withFunnel(async (funnel, endLine) => {
    const folder = join(cacheFolder(), 'datasets');
    await funnel.open({ path, preset: preset.name, questions: asked.questions, folder });
    await funnel.read();
    const decision = await funnel.decide(thresholds);
    if (asked.json) await printReport(funnel, decision);
    await exportAsked(funnel, asked);
    endLine();
    if (asked.json) return;
    const screen = screenOf(process.stdout, process.env);
    print(funnelView(basename(path), funnelRows(filters, decision, thresholds), decision, screen));
  });
}

async function exportAsked(funnel: Funnel, { exportKept, exportRemoved }: AskedData): Promise<void> {
  const files = [
    { kind: 'kept', path: exportKept },
    { kind: 'removed', path: exportRemoved },
  ] as const;
  for (const { kind, path } of files) {
    if (path === undefined) continue;
    const { documents, bytes } = await funnel.export({ kind, path });
    warn(`Wrote ${path} (${formatQuantity(documents, 'document')}, ${formatBytes(bytes)} of text).`);
  }
}

/** Lets a funnel be used, and leaves nothing behind: not after an error, nor after Ctrl-C. */
async function withFunnel(use: (funnel: Funnel, endLine: () => void) => Promise<void>): Promise<void> {
  const line = createProgressLine(process.stderr);
  const stages = { open: 'documents', read: 'rules', export: 'documentsWritten' } as const;
  const funnel = startFunnel({ progress: (task, done, total) => line.show({ stage: stages[task], done, total }) });
  const close = async () => {
    line.clear();
    await funnel.close();
  };
  onStop(close);
  try {
    await use(funnel, line.clear);
  } finally {
    await close();
  }
}
