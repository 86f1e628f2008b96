import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder';
import { documentsOf, indexed, textsOf } from './opened';

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('a data set of a folder', () => {
  it('has a document in each file of text, by path', async () => {
    const folder = folderWith({
      'b.txt': 'second\n',
      'a/one.md': '\uFEFFfirst',
      'c.bin': Buffer.from([1, 0, 2]),
      '.hidden/x.txt': 'no',
      '.gitignore': '*.log\n',
      'd.log': 'no',
      'e.txt': Buffer.from([0x61, 0xff]),
    });
    symlinkSync(folder, join(folder, 'a', 'ring'));
    const source = await indexed(folder);
    expect(await textsOf(source)).toEqual(['first', 'second\n', 'a\uFFFD']);
    expect((await documentsOf(source))[2]?.problem?.template).toContain('not UTF-8');
    expect(await source.entry(1)).toBe(JSON.stringify({ path: 'b.txt', text: 'second\n' }));
  });

  it('says of a file that went or was cut meanwhile what there is', async () => {
    const folder = folderWith({ 'a.txt': 'gone', 'b.txt': 'is cut', 'c.txt': 'stays' });
    const source = await indexed(folder);
    expect(await source.isChanged()).toBe(false);
    rmSync(join(folder, 'a.txt'));
    truncateSync(join(folder, 'b.txt'), 2);
    const [gone, cut, stays] = await documentsOf(source);
    expect(gone?.problem?.template).toContain('cannot be read');
    expect([cut?.text, stays?.text]).toEqual(['is', 'stays']);
    expect(await source.isChanged()).toBe(true);
  });
});
