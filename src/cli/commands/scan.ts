import { type Command, Option } from 'commander';
import { print, screenOf, stream, warn } from '../output';
import { readBaseline } from '../sarif/baseline';
import type { ReadLines } from '../sarif/read-lines';
import { sarifLog } from '../sarif/sarif-log';
import { scanCsv, scanJson } from '../scan/json';
import { type Scanned, scanPaths } from '../scan/scan-paths';
import { readLinesOf, SURPRISING_LINE, sarifResultOf, shownLines } from '../scan/shown-lines';
import { scanView } from '../scan/view';
import type { ModelOptions } from '../session';
import { addAnyModelOptions, filePath, wholeNumber } from './options';

interface ScanOptions extends ModelOptions {
  top: number;
  comments: boolean;
  baseline?: string;
  json?: boolean;
  sarif?: boolean;
  csv?: boolean;
}

const DEFAULT_TOP = 20;

export function addScanCommand(program: Command): void {
  const command = program
    .command('scan')
    .summary('find the lines of code that surprise a model most')
    .description(
      'Read the code in folders and files, and list the lines that surprise the model more than others of their language and kind. What was read before and is unchanged is not read again.',
    )
    .argument('<path...>', 'folders and files')
    .option('--top <n>', 'how many lines, in the table and in SARIF', wholeNumber(1), DEFAULT_TOP)
    .option('--no-comments', 'leave comments out of these lines')
    .option(
      '--baseline <file>',
      'what an earlier run with --sarif has printed: says which lines are new, and lists these first',
      filePath,
    );
  addAnyModelOptions(command)
    .addOption(new Option('--json', 'print one JSON object with all lines').conflicts(['sarif', 'csv', 'baseline']))
    .addOption(new Option('--sarif', 'print a SARIF 2.1.0 log').conflicts('csv'))
    .addOption(new Option('--csv', 'print all lines, a row each').conflicts('baseline'))
    .action(runScan);
}

async function runScan(paths: string[], options: ScanOptions): Promise<void> {
  // Before anything is read, for it may be none.
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const printed = (scanned: Scanned) => printedOf(scanned, options, baseline);
  const lines = await scanPaths(paths, options, printed, async (unfinished) => {
    // Other programs would take a part for the whole.
    if (!options.json && !options.sarif && !options.csv) print((await printed(unfinished)) ?? []);
  });
  if (lines) print(lines);
}

/** What is left to print when the line that says how far it is has gone. */
async function printedOf(
  scanned: Scanned,
  { top, comments, json, sarif, csv }: ScanOptions,
  baseline: ReadLines | undefined,
): Promise<string[] | undefined> {
  if (scanned.files.length === 0) warn('There is no code to read here.');
  if (json) await stream(scanJson(scanned));
  else if (csv) await stream(scanCsv(scanned));
  if (json || csv) return undefined;
  const lines = await shownLines(scanned, top, comments, baseline);
  if (sarif) {
    const results = lines.map(sarifResultOf);
    return [JSON.stringify(sarifLog(SURPRISING_LINE, results, scanned.model, await readLinesOf(scanned)))];
  }
  return scanView(scanned, lines, screenOf(process.stdout, process.env));
}
