import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { defaultModelPath } from '../../../models/catalogue';
import { PATCH_SITES } from '../../shared/why-requests';
import { writeHtmlFile } from '../inspect/html-file';
import { inspectText } from '../inspect/inspect';
import { inspectionJson } from '../inspect/json';
import { checkWritable, type OutputTarget, type SourceFile } from '../inspect/output-target';
import { runPrompts } from '../inspect/prompts';
import { layersOf, saveArrays } from '../inspect/saved-arrays';
import { inspectionLines, warningsOf } from '../inspect/views';
import { print, screenOf, stream, warn } from '../output';
import { capabilitiesFor, refuseAbsent } from '../served/capabilities';
import { quantityOf, tellSending } from '../served/sending';
import { isServed } from '../served/served-options';
import { withModel } from '../session';
import { type InspectOptions, patchOf, promptOf, requestOf, TOP_IN_JSON, TOP_IN_TABLE } from './inspect-options';
import {
  addAnyModelOptions,
  anotherHead,
  controlVector,
  decimal,
  filePath,
  layerList,
  occludedSpans,
  TEXT_ARGUMENT,
  textRange,
  tokenIds,
  wholeNumber,
  whyQuestion,
} from './options';

const MOST_TOP = 50;

export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .summary('show what a model makes of a text')
    .description(
      'Show what a model makes of a text: its tokens, how probable it finds each, and what it would have written.',
    )
    .argument('[text]', TEXT_ARGUMENT)
    .option('--file <path>', 'read the text from a file', filePath)
    .addOption(
      new Option('--ids <ids>', 'read these token ids as they are, such as 504,9444, in place of a text')
        .argParser(tokenIds)
        .conflicts(['file', 'truncate', 'html']),
    )
    .addOption(
      new Option(
        '--prompts <path>',
        'read every line {"text"} or {"ids"} of a file (- for the standard input), print one JSON object a line, and the means of every head last',
      )
        .argParser(filePath)
        .conflicts(['file', 'ids', 'select', 'html', 'save', 'patch']),
    )
    .option(
      '--top <k>',
      `alternatives a token, up to ${MOST_TOP} (default: ${TOP_IN_TABLE}, with --json ${TOP_IN_JSON})`,
      wholeNumber(1, MOST_TOP),
    )
    .option('--select <start:end>', 'show only this part, in UTF-16 units; the model reads all', textRange)
    .option('--truncate', 'of a text that is longer than the context, read the last tokens that fit')
    .option('--attention <layer.head>', 'show where a head looks; may be repeated', anotherHead)
    .option('--heads', 'show what every head does')
    .option('--experts', 'show which experts of a layer see each token')
    .option('--lens', 'show what the model would say after each layer')
    .option('--ablate <layer.head>', 'switch a head off; may be repeated', anotherHead)
    .option(
      '--steer <path[:coefficient]>',
      'add a control vector of repeng or llama.cpp to the layers, so many times (default: 1)',
      controlVector,
    )
    .option(
      '--why <n[:token]>',
      'what made the model say token n, counted from 0, or end for the next; or another token in its place',
      whyQuestion,
    )
    .option('--against <token>', 'of --why: rather than this token (default: the most probable other one)')
    .option(
      '--occlude <what>',
      'which words mattered: hide each token, each line, or START:END (may be repeated); for --why N, else for --select, else for what comes next',
      occludedSpans,
    )
    .option('--patch <path>', 'put what this text gives at a place into the run of the text of a file', filePath)
    .addOption(
      new Option('--patch-site <what>', 'of --patch: which of what a layer has (default: residual)').choices(
        PATCH_SITES,
      ),
    )
    .option('--continue <n>', 'let the model write up to n tokens more', wholeNumber(1))
    .option(
      '--temperature <t>',
      'of the continuation; 0 takes the most probable token (default: 0, with another of these options 1)',
      decimal(0),
    )
    .option('--top-k <k>', 'continue with one of the k most probable tokens', wholeNumber(1))
    .option('--top-p <p>', 'continue with the most probable tokens that together have this probability', decimal(0, 1))
    .option('--min-p <p>', 'continue with tokens of at least this share of the largest probability', decimal(0, 1))
    .option('--seed <n>', 'the same seed draws the same tokens', wholeNumber(0));
  addAnyModelOptions(command)
    .option('--json', 'print one JSON object')
    .option('--html <path>', 'also write the whole inspector as one HTML file, which needs no network', filePath)
    .option(
      '--save <path>',
      'also write what was computed as a safetensors file: statistics, the patterns of --attention, --residuals',
      filePath,
    )
    .option(
      '--residuals <layers>',
      'of --save: residual streams before these layers, such as 0,10-12, or all',
      layerList,
    )
    .option('--force', 'let --html and --save write over a file that Vitrine did not write')
    .action(runInspect);
}

async function runInspect(text: string | undefined, options: InspectOptions): Promise<void> {
  const asked = requestOf(options);
  if (options.prompts !== undefined) return runPrompts(text, options.prompts, options, { ...asked, patch: undefined });
  const request = { ...asked, prompt: await promptOf(text, options), patch: await patchOf(options) };
  const [page, arrays] = [targetOf('--html', options.html), targetOf('--save', options.save)];
  for (const target of [page, arrays]) if (target !== undefined) await checkWritable(target);
  const inspection = await withModel(options, async (engine, model, showProgress) => {
    refuseAbsent(model, capabilitiesFor(request, options));
    // Of what only goes on with texts, reading one says why it does not, and sends nothing.
    if (model.capabilities.hasLogprobs) tellSending(model, quantityOf(request.prompt));
    const layers = layersOf(options.residuals ?? [], model);
    const inspection = await inspectText(engine, model, request, showProgress);
    const title = options.file === undefined ? '' : basename(options.file);
    if (page !== undefined) await writeHtmlFile(engine, inspection, request, { target: page, title, showProgress });
    if (arrays !== undefined) await saveArrays(engine, inspection, request, { target: arrays, layers });
    return inspection;
  });
  for (const warning of warningsOf(inspection)) warn(warning);
  const { name, approximation } = inspection.model;
  if (/bit$/.test(options.weights ?? '') && !approximation) {
    warn(
      `Nothing of ${name} had to be rounded: its matrices are in few bits already, or too narrow. Every number is exact.`,
    );
  }
  if (options.json) await stream(inspectionJson(inspection));
  else print(inspectionLines(inspection, request, screenOf(process.stdout, process.env)));

  function targetOf(option: OutputTarget['option'], path: string | undefined): OutputTarget | undefined {
    return path === undefined
      ? undefined
      : { option, path, force: options.force ?? false, sources: sourcesOf(text, options) };
  }
}

/** The files that a run reads. */
function sourcesOf(text: string | undefined, options: InspectOptions): SourceFile[] {
  const STANDARD_INPUT = 0;
  const { file, model = defaultModelPath() } = options;
  return [
    ...(isServed(options) ? [] : [model]),
    ...(file === undefined ? [] : [file]),
    ...(text === '-' ? [STANDARD_INPUT] : []),
  ];
}
