import { type Command, Option } from 'commander';
import { type AskedThreshold, anotherThreshold } from '../data/thresholds';
import { filePath } from './options';

const PRESET_NAMES = ['fineweb', 'code', 'spanish', 'chat'];

interface DataOptions {
  preset: string;
  threshold?: AskedThreshold[];
  questions?: string;
  json?: boolean;
  export?: string;
  exportRemoved?: string;
}

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .summary('show what filters would remove from a data set')
    .description(
      'Read a data set once through the rules by which training data is chosen, and show what each removes and what is left. Other thresholds decide anew without reading again.',
    )
    .argument('<path>', 'a .jsonl, .txt, .csv, .tsv or .parquet file, or a folder of texts')
    .addOption(new Option('--preset <name>', 'rules for a kind of data').choices(PRESET_NAMES).default('fineweb'))
    .option(
      '--threshold <name=value>',
      'another threshold of a rule, or off, such as gopher_short_doc=20; may be repeated',
      anotherThreshold,
    )
    .option('--questions <path>', 'a file of test questions, which no document should contain', filePath)
    .option('--export <path>', 'write what stays as JSONL, each entry as it stands in the data set', filePath)
    .option('--export-removed <path>', 'write what goes as JSONL, each entry with its reason', filePath)
    .option('--json', 'print one JSON object: every document that goes, why, and the characters that tripped the rule')
    .action(async (path: string, options: DataOptions) => {
      // The formats that it reads take a tenth of a second to load, which no other command is to wait for.
      const { runData } = await import('../data/run-data');
      const { preset, threshold = [], questions, json = false, export: exportKept, exportRemoved } = options;
      await runData(path, { preset, thresholds: threshold, questions, json, exportKept, exportRemoved });
    });
}
