import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startEngine } from '../../src/engine/client';
import { loadRequest } from '../engine/vitrine';
import { peakOf, processorSeconds } from '../process';
import type { Time } from './times';

export interface Compiled {
  fileBytes: number;
  compiledBytes: number;
  copy: number;
  compile: Time;
  /** Of the process that compiled and loaded it, in bytes. */
  peak: number;
}

/** Compiles a model into an empty folder, and copies its file beside it, on the same disk. Both are on the disk at the end. */
export async function compiling(path: string, cacheFolder: string): Promise<Compiled> {
  const copy = secondsToCopy(path, dirname(cacheFolder));
  const engine = startEngine();
  try {
    const { compileSeconds, diskBytes } = await engine.load(loadRequest({ model: { path }, cacheFolder }));
    const compile = { wall: compileSeconds, processor: processorSeconds(engine.pid) };
    return { fileBytes: statSync(path).size, compiledBytes: diskBytes ?? 0, copy, compile, peak: peakOf(engine.pid) };
  } finally {
    await engine.stop();
  }
}

function secondsToCopy(path: string, folder: string): number {
  const own = mkdtempSync(join(folder, 'copy-'));
  try {
    const started = performance.now();
    const copy = join(own, 'copy');
    copyFileSync(path, copy);
    const file = openSync(copy, 'r+');
    fsyncSync(file);
    closeSync(file);
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(own, { recursive: true });
  }
}
