import type { Command } from 'commander';
import { readable } from '../input';
import { serve } from '../serve/serve';
import { tellSending } from '../served/sending';
import { type ModelOptions, withModel } from '../session';
import { addAnyModelOptions } from './options';

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('answer requests of other programs, with the model kept loaded')
    .description(
      'Keep a model loaded, and answer every line {"id", "method", "params"} of the standard input with a line {"id", "result"} or {"id", "error"}, until it ends.',
    );
  addAnyModelOptions(command).action((options: ModelOptions) =>
    withModel(options, (engine, model) => {
      tellSending(model, 'every text of the requests');
      return readable(serve(engine, model, process.stdin), 'The standard input');
    }),
  );
}
