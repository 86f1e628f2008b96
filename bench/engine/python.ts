import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Peers } from './bench';

const PEERS = 'bench/peers';
const VIRTUAL = join(PEERS, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const PRINT_VERSIONS = `
import accelerate, gguf, torch, transformers
print(f"transformers {transformers.__version__}, torch {torch.__version__} ({torch.get_num_threads()} threads)")
`;

/**
 * Prepares the first Python that has the peers' packages: writes the model's GGUF file as a folder that transformers
 * loads. Undefined where there is no such Python.
 */
export function preparePeers(model: string, checkpoint: string): Peers | undefined {
  const found = findPython(PRINT_VERSIONS);
  if (!found) return undefined;
  execFileSync(found.python, [join(PEERS, 'checkpoint.py'), model, checkpoint], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { ...found, checkpoint };
}

/** The first Python in which a program runs that prints versions. */
export function findPython(printVersions: string): Pick<Peers, 'python' | 'versions'> | undefined {
  for (const python of [process.env.VITRINE_PYTHON, VIRTUAL, 'python3']) {
    const versions = python && versionsIn(python, printVersions);
    if (versions) return { python, versions };
  }
  return undefined;
}

function versionsIn(python: string, printVersions: string): string | undefined {
  try {
    return execFileSync(python, ['-c', printVersions], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
