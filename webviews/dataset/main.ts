import { speakNumbersIn } from '../../src/display/numbers';
import type { DatasetEvents, DatasetHost } from '../../src/shared/dataset-api';
import { setTranslations } from '../l10n';
import { editorPort } from '../ports';
import { connect } from '../rpc';
import type { DatasetElement } from './dataset';
import './dataset';

const port = globalThis.vitrinePort ?? editorPort();
let element: DatasetElement | undefined;

const calls = connect<DatasetHost, DatasetEvents>(port, {
  changed: (state) => {
    if (element) element.state = { ...element.state, ...state };
  },
});

/** By name: of the calls themselves every property is a call, also those by which Lit knows a directive. */
const host: DatasetHost = {
  start: () => calls.start(),
  rows: (request) => calls.rows(request),
  sort: (sort) => calls.sort(sort),
  filter: (filter) => calls.filter(filter),
  cancelFilter: () => calls.cancelFilter(),
  setScoring: (isOn) => calls.setScoring(isOn),
  open: (request) => calls.open(request),
  save: (request) => calls.save(request),
  cancelSave: () => calls.cancelSave(),
  reload: () => calls.reload(),
};

async function open(): Promise<void> {
  const { language, translations, state } = await host.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  element = document.createElement('vt-dataset');
  element.host = host;
  element.state = state;
  document.body.replaceChildren(element);
}

void open();
