import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { checkCatalogueFile, defaultModel, defaultModelPath } from '../../../models/catalogue';
import { closeGguf, openGguf } from '../../support/gguf-file';
import { temporaryFolder } from '../../support/temporary-folder';

describe('the default model', () => {
  test('is the file that the catalogue describes', () => {
    const bytes = readFileSync(defaultModelPath());
    expect(bytes.length).toBe(defaultModel.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(defaultModel.sha256);
    const file = openGguf(defaultModelPath());
    closeGguf(file);
    expect(file.metadata.number('llama.context_length')).toBe(defaultModel.context);
    expect(file.metadata.strings('general.languages')).toEqual(defaultModel.languages);
    expect(file.metadata.string('general.license')).toBe(defaultModel.licence.toLowerCase());
    const parameters = [...file.tensors.values()].reduce((sum, { elementCount }) => sum + elementCount, 0);
    expect(parameters).toBe(defaultModel.parameters);
  });

  test('has its provenance beside it', () => {
    const text = readFileSync(join(dirname(defaultModelPath()), 'PROVENANCE.md'), 'utf8');
    expect(text).toContain(defaultModel.file);
    expect(text).toContain(defaultModel.sha256);
    expect(text).toContain(defaultModel.licence);
  });

  test('is found from a bundle in dist', async () => {
    const root = realpathSync(temporaryFolder());
    const sources = fileURLToPath(new URL('../../../models', import.meta.url));
    const outfile = join(root, 'dist', 'program.mjs');
    const contents = "import { defaultModelPath } from './catalogue'; console.log(defaultModelPath());";
    const stdin = { contents, resolveDir: sources };
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm' });
    const printed = execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim();
    expect(printed).toBe(join(root, 'models', basename(defaultModelPath())));
  });
});

test('a file that carries a name of the catalogue must have its content', () => {
  const other = '0'.repeat(64);
  expect(() => checkCatalogueFile(`/downloads/${defaultModel.file}`, other)).toThrow(
    expect.objectContaining({ code: 'catalogue.mismatch', message: expect.stringContaining('/downloads/') }),
  );
  expect(() => checkCatalogueFile(`/downloads/${defaultModel.file}`, defaultModel.sha256)).not.toThrow();
  expect(() => checkCatalogueFile('/downloads/other.gguf', other)).not.toThrow();
});
