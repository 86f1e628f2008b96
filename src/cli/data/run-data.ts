import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ExportKind, Funnel } from '../../datasets/funnel/funnel-api';
import { funnelRules } from '../../datasets/funnel/rules';
import { startFunnel } from '../../datasets/funnel/start-funnel';
import { PRESETS } from '../../datasets/presets';
import { formatBytes } from '../../display/format-bytes';
import { formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import { cacheFolder } from '../../model/cache/folder';
import { checkWritable, type OutputTarget, unwritable } from '../inspect/output-target';
import { print, screenOf, warn } from '../output';
import { type ModelOptions, onStop } from '../session';
import { createProgressLine } from '../terminal/progress';
import { UsageError } from '../usage-error';
import { findExamples } from './examples';
import { funnelRows } from './funnel-rows';
import { printReport } from './json';
import { readDocuments } from './read-model';
import { reportHtml } from './report';
import { type AskedThreshold, thresholdsOf } from './thresholds';
import { TimeLeft } from './time-left';
import { funnelView } from './view';

/** The rule that looks for questions. */
const CONTAMINATION = 'contamination';

/** What is made of a data set. */
export interface AskedData {
  preset: string;
  thresholds: readonly AskedThreshold[];
  questions: string | undefined;
  /** Undefined where no model reads. */
  model: ModelOptions | undefined;
  json: boolean;
  /** Files that are written. */
  report: OutputTarget | undefined;
  exportKept: OutputTarget | undefined;
  exportRemoved: OutputTarget | undefined;
}

/** `vitrine data`: reads a data set once through the rules of a preset, and prints, or writes, what they make of it. */
export async function runData(path: string, asked: AskedData): Promise<void> {
  const preset = PRESETS.find(({ name }) => name === asked.preset);
  if (!preset) throw new UsageError(`There is no preset ${asked.preset}.`);
  const rules = funnelRules(preset.name);
  // The others measure nothing, for nothing was given to them.
  const usable = rules.filter(
    ({ filter: { kind, name } }) =>
      (kind !== 'model' || asked.model) && (name !== CONTAMINATION || asked.questions !== undefined),
  );
  const thresholds = thresholdsOf(usable, asked.thresholds);
  await checkTargets([asked.report, asked.exportKept, asked.exportRemoved].filter((target) => target !== undefined));
  await withFunnel(async (funnel, endLine) => {
    const folder = join(cacheFolder(), 'datasets');
    await funnel.open({ path, preset: preset.name, questions: asked.questions, folder });
    await funnel.read();
    let decision = await funnel.decide(thresholds);
    if (asked.model) {
      await readDocuments(funnel, asked.model, decision.kept.documents, folder);
      decision = await funnel.decide(thresholds);
    }
    const rows = funnelRows(rules, decision, thresholds);
    const name = basename(path);
    if (asked.json) await printReport(funnel, decision);
    await exportTo(funnel, 'kept', asked.exportKept);
    await exportTo(funnel, 'removed', asked.exportRemoved);
    if (asked.report) {
      const examples = await findExamples(funnel, rows);
      const words = { preset: render(preset.title), why: render(preset.why) };
      await writePage(asked.report, reportHtml({ name, ...words, rows, decision, examples }));
    }
    endLine();
    if (!asked.json) print(funnelView(name, rows, decision, screenOf(process.stdout, process.env)));
  });
}

/** @throws UsageError also where two would be written over each other; VitrineError */
async function checkTargets(targets: readonly OutputTarget[]): Promise<void> {
  const options = new Map<string, string>();
  for (const target of targets) {
    const path = resolve(target.path);
    const other = options.get(path);
    if (other) throw new UsageError(`${other} and ${target.option} would both write ${target.path}. Name two files.`);
    options.set(path, target.option);
    await checkWritable(target);
  }
}

async function exportTo(funnel: Funnel, kind: ExportKind, target: OutputTarget | undefined): Promise<void> {
  if (!target) return;
  await checkWritable(target);
  const { documents, bytes } = await funnel.export({ kind, path: target.path });
  warn(`Wrote ${target.path} (${formatQuantity(documents, 'document')}, ${formatBytes(bytes)} of text).`);
}

async function writePage(target: OutputTarget, page: string): Promise<void> {
  await checkWritable(target);
  await writeFile(target.path, page).catch((error: unknown) => {
    throw unwritable(error, target.path);
  });
  warn(`Wrote ${target.path} (${formatBytes(Buffer.byteLength(page))}).`);
}

/** Lets a funnel be used, and leaves nothing behind: not after an error, nor after Ctrl-C. */
async function withFunnel(use: (funnel: Funnel, endLine: () => void) => Promise<void>): Promise<void> {
  const line = createProgressLine(process.stderr);
  const stages = { open: 'documents', read: 'rules', export: 'documentsWritten' } as const;
  const timeLeft = new TimeLeft();
  const funnel = startFunnel({
    progress: (task, done, total) => {
      const secondsLeft = task === 'read' ? timeLeft.after(done, total) : undefined;
      line.show({ stage: stages[task], done, total, secondsLeft });
    },
  });
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
