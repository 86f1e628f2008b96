import { resolve } from 'node:path';
import { installWorkbench, isSupported } from './install';
import { startServer } from './server';

/** Serves the extension in a real workbench, on the folder that is named, until Ctrl-C. */
if (isSupported) await serve(process.argv[2] ?? '.');
else {
  console.error(
    'Vitrine opens in VS Code: install it, with its command `code` on the PATH (https://code.visualstudio.com).',
  );
  process.exitCode = 1;
}

async function serve(folder: string): Promise<void> {
  installWorkbench();
  const server = await startServer({ extension: resolve('.') });
  console.error(`Open ${server.url}/?folder=${encodeURI(resolve(folder))} in a browser. Ctrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit()));
  }
}
