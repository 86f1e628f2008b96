import { speakNumbersIn } from '../../src/display/numbers';
import type { MapEvents, MapHost } from '../../src/shared/map-api';
import { unpackFiles } from '../../src/shared/map-files';
import { setTranslations } from '../l10n';
import { editorPort } from '../ports';
import { connect } from '../rpc';
import type { MapElement } from './map';
import './map';

const port = globalThis.vitrinePort ?? editorPort();
let element: MapElement | undefined;

const calls = connect<MapHost, MapEvents>(port, {
  changed: (state, files, gone) => element?.change(state, unpackFiles(files), gone),
});

/** By name: of the calls themselves every property is a call, also those by which Lit knows a directive. */
const host: MapHost = {
  start: () => calls.start(),
  setScanning: (isOn) => calls.setScanning(isOn),
  endScan: () => calls.endScan(),
  mostSurprisingLine: (request) => calls.mostSurprisingLine(request),
  symbols: (request) => calls.symbols(request),
  readNext: (request) => calls.readNext(request),
  open: (request) => calls.open(request),
  save: (file) => calls.save(file),
};

async function open(): Promise<void> {
  const { language, translations, state, files } = await host.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  element = document.createElement('vt-map');
  element.host = host;
  element.state = state;
  element.files = new Map(unpackFiles(files).map((file) => [file.path, file]));
  document.body.replaceChildren(element);
}

void open();
