import type { Command } from 'commander';
import { formatBytes } from '../../display/format-bytes';
import { safeText } from '../../display/glyphs';
import { formatQuantity } from '../../display/numbers';
import { VitrineError } from '../../shared/errors';
import { compiledModels, openCache } from '../compiled-models';
import { print } from '../output';
import { gridRows } from '../terminal/grid';

export function addCacheCommand(program: Command): void {
  const cache = program
    .command('cache')
    .summary('list the compiled models, or clear them')
    .description('List the compiled models that are kept on disk, the one used last first.')
    .action(listCache);
  cache
    .command('verify')
    .description('Read every compiled model, and remove those that are damaged.')
    .action(verifyCache);
  cache
    .command('clear')
    .description('Remove all compiled models; they are made again when they are needed.')
    .action(clearCache);
}

async function listCache(): Promise<void> {
  const { folder, limitBytes } = compiledModels();
  const cache = openCache();
  await cache.removeLeftovers();
  const entries = await cache.entries();
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (entries.length > 0) {
    print([
      ...gridRows([
        { header: 'model', align: 'start', cells: entries.map(({ name }) => oneLine(name)) },
        { header: 'weights', align: 'start', cells: entries.map(({ weights }) => weights ?? '') },
        { header: 'size', align: 'end', cells: entries.map(({ bytes }) => formatBytes(bytes)) },
        { header: 'last used', align: 'start', cells: entries.map(({ used }) => minuteOf(used)) },
        { header: 'compiled from', align: 'start', cells: entries.map(({ source }) => oneLine(source)) },
      ]),
      '',
    ]);
  }
  print([
    `${formatQuantity(entries.length, 'compiled model')}, ${formatBytes(total)} of at most ${formatBytes(limitBytes)}, in ${folder}`,
  ]);
}

async function clearCache(): Promise<void> {
  const { entries, bytes } = await openCache().clear();
  print([`Removed ${formatQuantity(entries, 'compiled model')}, ${formatBytes(bytes)}.`]);
}

async function verifyCache(): Promise<void> {
  const { whole, damaged } = await openCache().verify();
  print([`${formatQuantity(whole.length, 'compiled model')} as written.`]);
  if (damaged.length === 0) return;
  const names = damaged.map(({ name }) => name).join(', ');
  throw new VitrineError('cache.damaged', `Damaged, and removed: ${names}. They are made again when they are needed.`);
}

/** `2026-11-25 02:50`, in the time of this place. */
function minuteOf(date: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A cell of a table: a file's name may hold line breaks. */
const oneLine = (text: string) => safeText(text.replaceAll('\n', ' '));
