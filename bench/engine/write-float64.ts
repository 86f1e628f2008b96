/**
 * Writes the values that test/golden/float64.test.ts holds the engine to: `node bench/run.mjs engine/write-float64`. It needs
 * a Python with bench/peers/requirements.txt.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meanDifference } from '../../test/support/compare';
import { exactnessTexts } from './exactness-texts';
import { readModel } from './model';
import { withPeer } from './peer';
import { preparePeers } from './python';

const TOKENS = 64;
const DIGITS = 8;

/** What the file holds; attention would be most of it, and small models hold that to PyTorch closely. */
const NAMES = ['logprob', 'entropy', 'lens'] as const;

const model = readModel();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-float64-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const peers = preparePeers(model.path, join(folder, 'checkpoint'));
if (!peers) throw new Error('No Python with the packages of bench/peers/requirements.txt was found.');

const texts = await withPeer(peers, peers.checkpoint, async (peer) => {
  const all = [];
  for (const [name, ids] of Object.entries(exactnessTexts(model.tokenizer, TOKENS))) {
    const { float64, float32 } = await peer.numbers(ids);
    const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(DIGITS)));
    const each = <T>(of: (name: (typeof NAMES)[number]) => T) => Object.fromEntries(NAMES.map((key) => [key, of(key)]));
    const distanceOfTorch = each((key) => meanDifference(float32[key], float64[key]));
    all.push({ name, ids: [...ids], float64: each((key) => rounded(float64[key])), distanceOfTorch });
  }
  return all;
});
const file = { madeBy: 'bench/engine/write-float64.ts', with: peers.versions, texts };
writeFileSync('test/fixtures/float64.json', `${JSON.stringify(file)}\n`);
