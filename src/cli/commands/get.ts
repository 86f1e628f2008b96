import type { Command } from 'commander';

interface GetOptions {
  yes?: boolean;
}

export function addGetCommand(program: Command): void {
  program
    .command('get')
    .summary('get a model from the hub')
    .description(
      "Get a model from Hugging Face's hub into the cache that its tools share, after asking. Without a file: which files it has. Without a name: models to begin with.",
    )
    .argument('[name]', 'OWNER/NAME or OWNER/NAME:FILE')
    .option('--yes', 'get it without asking')
    .action(async (name: string | undefined, options: GetOptions) => {
      // What speaks to the hub takes a tenth of a second to load, which no other command is to wait for.
      const { runGet } = await import('../get/get');
      await runGet(name, options);
    });
}
