import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TimeLeft } from '../../background/time-left';
import type { Funnel } from '../../datasets/funnel/funnel-api';
import { funnelRules } from '../../datasets/funnel/rules';
import { startFunnel } from '../../datasets/funnel/start-funnel';
import { PRESETS, type PresetRule } from '../../datasets/presets';
import { formatCount, formatQuantity } from '../../display/numbers';
import { cacheFolder } from '../../model/cache/folder';
import type { OutputTarget } from '../inspect/output-target';
import { print, screenOf, warn } from '../output';
import { type ModelOptions, onStop } from '../session';
import { createProgressLine } from '../terminal/progress';
import { UsageError } from '../usage-error';
import { countTokens } from './count-tokens';
import { findExamples } from './examples';
import { funnelRows, notApplied } from './funnel-rows';
import { printReport } from './json';
import { checkRewritable, checkTargets, exportTo, writePage } from './output-files';
import { readDocuments } from './read-model';
import { reportHtml } from './report';
import { type AskedThreshold, thresholdsOf } from './thresholds';
import { funnelView } from './view';

/** The rule that looks for questions. */
const CONTAMINATION = 'contamination';

/** Documents from which it is told what rules take from the texts of all. */
const SAMPLE = 512;

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
  /** Whether it has texts as rules leave them. */
  rewrite: boolean;
  exportRemoved: OutputTarget | undefined;
}

/** `vitrine data`: reads a data set once through the rules of a preset, and prints, or writes, what they make of it. */
export async function runData(path: string, asked: AskedData): Promise<void> {
  const preset = PRESETS.find(({ name }) => name === asked.preset);
  if (!preset) throw new UsageError(`There is no preset ${asked.preset}.`);
  if (asked.rewrite && !asked.exportKept) {
    throw new UsageError('--rewrite changes what --export writes. Name a file with --export.');
  }
  const rules = funnelRules(preset.name);
  // What a rule lacks measures nothing.
  const needOf = (rule: PresetRule) => needOfRule(rule, asked);
  const usable = rules.filter((rule) => needOf(rule) === undefined);
  const thresholds = thresholdsOf(usable, asked.thresholds);
  if (asked.rewrite) await checkRewritable(path);
  await checkTargets([asked.report, asked.exportKept, asked.exportRemoved].filter((target) => target !== undefined));
  await withFunnel(async (funnel, endLine) => {
    const folder = join(cacheFolder(), 'datasets');
    await funnel.open({ path, preset: preset.name, questions: asked.questions, folder });
    await funnel.read();
    let decision = await funnel.decide(thresholds);
    if (asked.model) {
      await readDocuments(funnel, asked.model, decision.kept, folder);
      decision = await funnel.decide(thresholds);
    }
    const result = {
      name: basename(path),
      reading: await funnel.reading(),
      limits: await funnel.limits(),
      rows: funnelRows(rules, decision, thresholds),
      notApplied: notApplied(rules, thresholds, needOf),
      decision,
      languages: await funnel.languages(),
      tokens: asked.json && !asked.report ? undefined : await countTokens(funnel, decision.all),
    };
    if (asked.json) await printReport(funnel, decision);
    await exportTo(funnel, asked.rewrite ? 'rewritten' : 'kept', asked.exportKept);
    await exportTo(funnel, 'removed', asked.exportRemoved);
    if (asked.report) {
      const examples = await findExamples(funnel, result.rows);
      const fileBytes = await sizeOfFile(path);
      await writePage(asked.report, reportHtml({ ...result, fileBytes, date: new Date(), preset, examples }));
    }
    const taken = asked.rewrite || asked.json ? undefined : await funnel.taken({ count: SAMPLE });
    endLine();
    if (!asked.json) print(funnelView({ ...result, taken }, screenOf(process.stdout, process.env)));
  });
}

/** The option that would give a rule what it has to read; undefined where it lacks nothing. */
function needOfRule({ filter: { kind, name } }: PresetRule, { model, questions }: AskedData): string | undefined {
  if (kind === 'model') return model ? undefined : '--model';
  return name === CONTAMINATION && questions === undefined ? '--questions' : undefined;
}

/** Undefined of a folder. */
async function sizeOfFile(path: string): Promise<number | undefined> {
  const stats = await stat(path);
  return stats.isFile() ? stats.size : undefined;
}

/** Lets a funnel be used, and leaves nothing behind: not after an error, nor after Ctrl-C. */
async function withFunnel(use: (funnel: Funnel, endLine: () => void) => Promise<void>): Promise<void> {
  const line = createProgressLine(process.stderr);
  const stages = { open: 'documents', read: 'rules', export: 'documentsWritten' } as const;
  const timeLeft = new TimeLeft();
  let read: { done: number; total: number } | undefined;
  const funnel = startFunnel({
    progress: (task, done, total) => {
      read = task === 'read' ? { done, total } : undefined;
      const report = { stage: stages[task], done, total };
      line.show(read ? { ...report, secondsLeft: timeLeft.after(done, total) } : report);
    },
  });
  const close = async () => {
    line.clear();
    await funnel.close();
  };
  onStop(async () => {
    await close();
    if (!read || read.done === read.total) return;
    const documents = `${formatCount(read.done)} of ${formatQuantity(read.total, 'document')}`;
    warn(`Stopped after ${documents}. The same command goes on there.`);
  });
  try {
    await use(funnel, line.clear);
  } finally {
    await close();
  }
}
