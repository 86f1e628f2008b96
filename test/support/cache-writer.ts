/**
 * A process that stores an entry: `cache-writer FOLDER KEY`. It prints "writing" when half of the files are there, waits
 * until its standard input ends, and prints the entry's folder. Both files hold its process id, then zeros.
 */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompiledCache } from '../../src/model/cache/compiled-cache';

const [, , folder = '', key = ''] = process.argv;
const contents = Buffer.alloc(1_000_000);
contents.write(String(process.pid));

const entry = { name: 'test', source: 'test.gguf', expectedBytes: 2 * contents.length };
const stored = await new CompiledCache(folder, 1e9).store(key, entry, async (temporary) => {
  await writeFile(join(temporary, 'weights.bin'), contents);
  process.stdout.write('writing\n');
  process.stdin.resume();
  await once(process.stdin, 'end');
  await writeFile(join(temporary, 'forward.onnx'), contents);
});
process.stdout.write(`${stored}\n`);
