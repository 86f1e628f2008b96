import { speakNumbersIn } from '../src/shared/numbers';
import './inspector';
import { setTranslations } from './l10n';
import { editorPort, type Port } from './ports';
import { connect } from './rpc';
import { InspectorStore } from './store/store';
import { ViewState } from './store/view-state';

declare global {
  /** Set before this script by a page that is no webview. */
  var vitrinePort: Port | undefined;
}

async function open(): Promise<void> {
  const port = globalThis.vitrinePort ?? editorPort();
  const store = new InspectorStore((events) => connect(port, events), new ViewState(port));
  const { language, translations } = await store.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  const inspector = document.createElement('vt-inspector');
  inspector.store = store;
  document.body.replaceChildren(inspector);
}

void open();
