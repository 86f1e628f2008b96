import { readFileSync, statfsSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatBytes } from '../../../src/display/format-bytes';
import { errorText, render } from '../../../src/display/sentences';
import { availableMemory, parseVmStat } from '../../../src/model/cache/available-memory';
import { checkSpace, judgeSpace } from '../../../src/model/cache/space';
import { roundingOffer } from '../../../src/model/offer-rounding';
import { VitrineError } from '../../../src/shared/errors';
import { mountFileSystem, temporaryFolder } from '../../support/temporary-folder';

const GB = 1e9;

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [9940, '9.9 kB'],
  [9960, '10 kB'],
  [540_000_000, '540 MB'],
  [999_499_999, '999 MB'],
  [999_500_000, '1.0 GB'],
  [80e9, '80 GB'],
  [12e15, '12000 TB'],
])('%d bytes are %s to a person', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

describe('the verdict', () => {
  test.each([
    ['a small model', 0.5, 0.9, false],
    ['just 2 GB', 2, 2, false],
    ['much disk', 2.1, 0.9, true],
    ['much memory', 0.5, 2.1, true],
    ['all there is', 80, 20, true],
  ])('%s fits', (_, disk, memory, needsConfirmation) => {
    const need = { name: 'SmolLM2', diskBytes: disk * GB, memoryBytes: memory * GB, folder: '/cache' };
    expect(judgeSpace(need, 80 * GB, 20 * GB)).toMatchObject({
      needsConfirmation,
      disk: { needed: disk * GB, free: 80 * GB },
      memory: { needed: memory * GB, free: 20 * GB },
    });
  });

  test('is a sentence', () => {
    const need = { name: 'SmolLM2', diskBytes: 0.54 * GB, memoryBytes: 1.2 * GB, folder: '/cache' };
    expect(render(judgeSpace(need, 80 * GB, 20 * GB).sentence)).toBe(
      'Compiling SmolLM2 writes 540 MB to /cache and needs about 1.2 GB of memory; 80 GB and 20 GB are free.',
    );
  });

  test.each([
    ['too little disk', 81, 1, 'space.disk'],
    ['too little memory', 1, 21, 'space.memory'],
    ['neither', 81, 21, 'space.memory'],
  ])('%s is refused with both numbers', (_, disk, memory, code) => {
    const need = { name: 'Llama', diskBytes: disk * GB, memoryBytes: memory * GB, folder: '/cache' };
    const refusal = thrownBy(() => judgeSpace(need, 80 * GB, 20 * GB));
    expect(refusal).toMatchObject({ code });
    expect(errorText(refusal)).toContain('80 GB and 20 GB are free');
  });
});

describe('this machine', () => {
  const need = { name: 'SmolLM2', diskBytes: 1, memoryBytes: 1 };

  test('a folder that does not exist yet has the space of the nearest one above', async () => {
    const folder = temporaryFolder();
    const { bavail, bsize } = statfsSync(folder);
    const { disk } = await checkSpace({ ...need, folder: join(folder, 'not', 'there') });
    expect(Math.abs(disk.free - bavail * bsize)).toBeLessThan(GB);
  });

  test('a small disk is refused', async ({ skip }) => {
    const disk = mountFileSystem('size=1m') ?? skip('mounting a small file system needs root on Linux');
    const check = checkSpace({ ...need, diskBytes: 1.1e6, folder: join(disk, 'vitrine') });
    await expect(check).rejects.toMatchObject({ code: 'space.disk' });
  });

  test.runIf(platform() === 'linux')('memory is what Linux calls available, at most', async () => {
    const kilobytes = Number(/^MemAvailable: +(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]);
    const available = await availableMemory();
    expect(available).toBeGreaterThan(0);
    expect(available).toBeLessThan(kilobytes * 1024 + GB);
  });
});

test('what vm_stat prints on macOS', () => {
  const text = [
    'Mach Virtual Memory Statistics: (page size of 16384 bytes)',
    'Pages free:                                4047.',
    'Pages active:                            171520.',
    'Pages inactive:                          169935.',
    'Pages speculative:                         1189.',
    'Pages wired down:                        104113.',
    '"Translation faults":                 123456789.',
  ].join('\n');
  expect(parseVmStat(text)).toBe((4047 + 169_935 + 1189) * 16_384);
  expect(() => parseVmStat('vm_stat: command not found')).toThrow(/page/i);
});

describe('what is offered where a model does not fit', () => {
  const exact = { name: 'Qwen', diskBytes: 30 * GB, memoryBytes: 39 * GB };
  const refusal = new VitrineError('space.memory', 'too little memory');
  const space = (disk: number, memory: number) =>
    judgeSpace({ name: 'Qwen', diskBytes: disk * GB, memoryBytes: memory * GB, folder: '/cache' }, 80 * GB, 20 * GB);

  test('says what it takes, and what rounded to 8 and to 4 bits', () => {
    const offer = roundingOffer(refusal, exact, space(8.6, 10), space(4.8, 5.6));
    expect(offer.code).toBe('space.approximate');
    expect(errorText(offer)).toBe(
      'Qwen does not fit as it is: it takes 30 GB of disk and about 39 GB of memory, and 80 GB and 20 GB are free. Its weights can be rounded to 8 bits (8.6 GB of disk and about 10 GB of memory) or to 4 bits (4.8 GB of disk and about 5.6 GB of memory): every number is then approximate, and how far off is measured.',
    );
  });

  test('is 4 bits where 8 do not fit either', () => {
    const offer = roundingOffer(refusal, exact, undefined, space(4.8, 5.6));
    expect(offer.code).toBe('space.approximate.4bit');
    expect(errorText(offer)).not.toContain('8 bits');
  });

  test('is nothing where no rounding makes it fit', () => {
    expect(roundingOffer(refusal, exact, undefined, undefined)).toBe(refusal);
  });
});
