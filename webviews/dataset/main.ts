import { createBirpc } from 'birpc';
import { speakNumbersIn } from '../../src/display/numbers';
import type { DatasetEvents, DatasetHost } from '../../src/shared/dataset-api';
import { fromWire, toWire } from '../../src/shared/wire';
import { setTranslations } from '../l10n';
import { editorPort } from '../ports';
import type { DatasetElement } from './dataset';
import './dataset';

const port = globalThis.vitrinePort ?? editorPort();
let element: DatasetElement | undefined;

const host = createBirpc<DatasetHost, DatasetEvents>(
  {
    changed: (state) => {
      if (element) element.state = { ...element.state, ...state };
    },
  },
  {
    post: (message) => port.post(message),
    on: (receive) => port.onMessage(receive),
    serialize: toWire,
    deserialize: fromWire,
    timeout: -1,
  },
);

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
