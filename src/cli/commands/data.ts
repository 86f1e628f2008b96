import { type Command, Option } from 'commander';
import { pageBeside } from '../data/page-beside';
import { type AskedThreshold, anotherThreshold } from '../data/thresholds';
import type { OutputTarget } from '../inspect/output-target';
import { refuseVocabularyAlone } from '../served/vocabulary';
import type { ModelOptions } from '../session';
import { adapterOption, filePath, providerOption, serverOption, vocabularyOption, weightsOption } from './options';

const PRESET_NAMES = ['fineweb', 'code', 'spanish', 'chat'];

interface DataOptions extends Omit<ModelOptions, 'model'> {
  /** True where no path was given. */
  model?: string | true;
  preset: string;
  threshold?: AskedThreshold[];
  questions?: string;
  report?: string;
  force?: boolean;
  json?: boolean;
  export?: string;
  rewrite?: boolean;
  exportRemoved?: string;
}

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .summary('show what filters would remove from a data set')
    .description(
      'Read a data set once through the rules by which training data is chosen, and show what each removes and what is left. Other thresholds decide anew without reading again.',
    )
    .argument(
      '<path>',
      'a .jsonl, .txt, .csv, .tsv (each also as .gz) or .parquet file, a folder of such files, or one of texts',
    )
    .addOption(new Option('--preset <name>', 'rules for a kind of data').choices(PRESET_NAMES).default('fineweb'))
    .option(
      '--threshold <name=value>',
      'another threshold of a rule, or off, such as gopher_short_doc=20; may be repeated',
      anotherThreshold,
    )
    .option('--questions <path>', 'a file of test questions, which no document should contain', filePath)
    .option(
      '--model [path]',
      'also measure bits per byte with a GGUF file or a Hugging Face folder, by default the model that comes with Vitrine',
      filePath,
    )
    .addOption(serverOption().conflicts(['adapter', 'provider', 'weights']))
    .addOption(vocabularyOption())
    .addOption(adapterOption())
    .addOption(providerOption())
    .addOption(weightsOption())
    .option('--yes', 'compile a model that takes more than 2 GB of disk or memory, or send more than 10 MB')
    .option(
      '--report <path>',
      'also write a page with examples of what each rule removes, their characters marked; html puts it beside the data set, under its name',
      filePath,
    )
    .option('--export <path>', 'also write what stays as JSONL, each entry as it stands in the data set', filePath)
    .option(
      '--rewrite',
      'let --export write each text as the rules judged it: without lines and citations that they take away',
    )
    .option('--export-removed <path>', 'also write what goes as JSONL, each entry with its reason', filePath)
    .option('--json', 'print one JSON object: every document that goes, why, and the characters that tripped the rule')
    .option('--force', 'let --report and the exports write over a file that is there, but never over what is read')
    .action(async (path: string, options: DataOptions) => {
      // The formats that it reads take a tenth of a second to load, which no other command is to wait for.
      const { runData } = await import('../data/run-data');
      const { preset, threshold: thresholds = [], questions, json = false, force = false, rewrite = false } = options;
      const sources = questions === undefined ? [path] : [path, questions];
      const targetOf = (option: OutputTarget['option'], path: string | undefined): OutputTarget | undefined =>
        path === undefined ? undefined : { option, path, sources, force };
      const { model, ...others } = options;
      refuseVocabularyAlone(options);
      const isRead = model !== undefined || options.server !== undefined;
      await runData(path, {
        model: isRead ? { ...others, model: model === true ? undefined : model } : undefined,
        preset,
        thresholds,
        questions,
        json,
        report: targetOf('--report', options.report === 'html' ? pageBeside(path) : options.report),
        exportKept: targetOf('--export', options.export),
        rewrite,
        exportRemoved: targetOf('--export-removed', options.exportRemoved),
      });
    });
}
