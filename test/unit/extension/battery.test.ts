import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOnBattery } from '../../../src/extension/workspace-scan/battery';
import { temporaryFolder } from '../../support/temporary-folder';

const MAINS = { type: 'Mains', online: '1' };
const MOUSE = { type: 'Battery', scope: 'Device', status: 'Discharging' };
const battery = (status: string) => ({ type: 'Battery', status });

it.each([
  ['on its battery', { AC: { ...MAINS, online: '0' }, BAT0: battery('Discharging') }, true],
  ['plugged in and charging', { AC: MAINS, BAT0: battery('Charging') }, false],
  ['full', { AC: MAINS, BAT0: battery('Full') }, false],
  ['with two batteries, of which one is in use', { BAT0: battery('Full'), BAT1: battery('Discharging') }, true],
  ['without a battery, with a mouse that has one', { AC: MAINS, mouse: MOUSE }, false],
])('knows on Linux of a machine %s', async (_, supplies, expected) => {
  const folder = temporaryFolder();
  for (const [name, files] of Object.entries(supplies)) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
  }
  expect(await isOnBattery('linux', folder)).toBe(expected);
});

it('takes a machine of which nothing is known to be plugged in', async () => {
  expect(await isOnBattery('linux', '/nowhere')).toBe(false);
  expect(await isOnBattery('win32')).toBe(false);
});
