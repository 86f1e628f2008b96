import type { Command } from 'commander';
import { defaultModelPath } from '../../../models/catalogue';
import { measureDifference } from '../../engine/comparison/measure-difference';
import { modelKey } from '../../engine/providers/remembered';
import { tryProviders } from '../../engine/providers/try-providers';
import { compileModel } from '../../model/compile';
import type { AskedStorage } from '../../shared/request-fields';
import { compiledModels } from '../compiled-models';
import { deviceJson, deviceLines, deviceReport } from '../devices/report';
import { print, screenOf, warn } from '../output';
import { onStop } from '../session';
import { createProgressLine } from '../terminal/progress';
import { adapterOption, weightsOption } from './options';

interface DevicesOptions {
  model?: string;
  adapter?: string;
  weights?: AskedStorage;
  yes?: boolean;
  json?: boolean;
}

export function addDevicesCommand(program: Command): void {
  program
    .command('devices')
    .summary('try what this machine can run a model on')
    .description('Try every execution provider with a short run, and remember the fastest for --provider auto.')
    .option('--model <path>', 'a GGUF file or a Hugging Face folder; by default the model that comes with Vitrine')
    .addOption(adapterOption())
    .addOption(weightsOption())
    .option('--yes', 'compile a model that takes more than 2 GB of disk or memory')
    .option('--json', 'print one JSON object')
    .action(runDevices);
}

async function runDevices(options: DevicesOptions): Promise<void> {
  const { model = defaultModelPath(), adapter, weights = 'auto', yes = false, json = false } = options;
  const cache = compiledModels();
  const stop = new AbortController();
  const line = createProgressLine(process.stderr);
  const compiling = compileModel(model, {
    adapter,
    cache,
    weights,
    allowLarge: yes,
    signal: stop.signal,
    progress: (done, total) => line.show({ stage: 'compile', done, total }),
    measureDifference: (models) =>
      measureDifference(models, {
        signal: stop.signal,
        progress: (done, total) => line.show({ stage: 'compare', done, total }),
      }),
  });
  onStop(async () => {
    line.clear();
    stop.abort();
    // What it was writing goes with it.
    await compiling.catch(() => {});
  });
  const compiled = await compiling;
  line.clear();
  const found = await tryProviders({ path: model, adapter, cache, weights: compiled.storage }, modelKey(compiled), {
    signal: stop.signal,
    onTry: (provider) => warn(`Trying ${provider} …`),
  });
  const report = deviceReport(compiled.config.name, found);
  print(json ? [JSON.stringify(deviceJson(report))] : deviceLines(report, screenOf(process.stdout, process.env)));
}
