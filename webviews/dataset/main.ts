import { speakNumbersIn } from '../../src/display/numbers';
import type { DatasetEvents, DatasetHost } from '../../src/shared/dataset-api';
import { setTranslations } from '../l10n';
import { editorPort } from '../ports';
import { connect } from '../rpc';
import { ViewState } from '../store/view-state';
import type { DatasetElement } from './dataset';
import './dataset';

const port = globalThis.vitrinePort ?? editorPort();
/** What was looked at, while its tab is hidden and after the window is loaded again. */
const choices = new ViewState(port);
let element: DatasetElement | undefined;

const calls = connect<DatasetHost, DatasetEvents>(port, {
  changed: (state) => {
    if (element) element.state = { ...element.state, ...state };
  },
  funnelChanged: (funnel) => {
    if (element) element.funnel = funnel;
  },
  lengthsChanged: (lengths) => {
    if (element) element.lengths = lengths;
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
  openFunnel: () => calls.openFunnel(),
  readDocuments: () => calls.readDocuments(),
  stopReading: () => calls.stopReading(),
  choosePreset: (preset) => calls.choosePreset(preset),
  readWanted: () => calls.readWanted(),
  resetChoices: () => calls.resetChoices(),
  setThreshold: (request) => calls.setThreshold(request),
  setRule: (request) => calls.setRule(request),
  removed: (request) => calls.removed(request),
  wouldRemove: (rule) => calls.wouldRemove(rule),
  nearThreshold: (request) => calls.nearThreshold(request),
  document: (request) => calls.document(request),
  openInFile: (request) => calls.openInFile(request),
  pair: (request) => calls.pair(request),
  exportDocuments: (request) => calls.exportDocuments(request),
  stopExport: () => calls.stopExport(),
  openWritten: () => calls.openWritten(),
  chooseQuestions: () => calls.chooseQuestions(),
  readByModel: () => calls.readByModel(),
  stopModel: () => calls.stopModel(),
  countTokens: () => calls.countTokens(),
  stopCounting: () => calls.stopCounting(),
  chooseVocabulary: (name) => calls.chooseVocabulary(name),
  choosePart: (part) => calls.choosePart(part),
  setContext: (tokens) => calls.setContext(tokens),
};

async function open(): Promise<void> {
  const { language, translations, state, funnel, lengths } = await host.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  element = document.createElement('vt-dataset');
  element.host = host;
  element.state = state;
  element.funnel = funnel;
  element.lengths = lengths;
  element.choices = choices;
  element.page = choices.get<string>('page', 'rows');
  element.addEventListener('page', ({ detail }) => {
    if (element) element.page = detail;
    choices.set('page', detail);
  });
  document.body.replaceChildren(element);
}

void open();
