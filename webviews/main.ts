import { speakNumbersIn } from '../src/display/numbers';
import type { Recording } from '../src/recording/recording';
import type { InspectorEvents, InspectorHost } from '../src/shared/inspector-api';
import type { InspectorElement } from './inspector';
import './inspector';
import { setTranslations } from './l10n';
import { editorPort, type Port } from './ports';
import { PageTheme } from './recorded/page-theme';
import { recordingInPage } from './recorded/parse';
import { recordedHost } from './recorded/recorded-host';
import { connect } from './rpc';
import { ViewState } from './store/view-state';
import { ViewStore } from './store/view-store';

declare global {
  /** Set before this script by a page that is no webview. */
  var vitrinePort: Port | undefined;
}

async function open(): Promise<void> {
  const recording = recordingInPage();
  const store = recording ? recordedStore(recording) : liveStore(globalThis.vitrinePort ?? editorPort());
  const { language, translations } = await store.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  const inspector = document.createElement('vt-inspector');
  inspector.store = store;
  inspector.recording = recording;
  inspector.pageTheme = recording && new PageTheme();
  document.body.replaceChildren(inspector);
  if (!recording && !globalThis.vitrinePort) await followFocus(inspector);
}

const liveStore = (port: Port) =>
  new ViewStore((events) => connect<InspectorHost, InspectorEvents>(port, events), new ViewState(port));

/** Where the editor gives its page the focus, as after a command, it is at the name of the view that was opened. */
async function followFocus(inspector: InspectorElement): Promise<void> {
  const focusView = () => {
    if (document.activeElement === document.body) inspector.focus();
  };
  window.addEventListener('focus', focusView);
  await inspector.updateComplete;
  if (document.hasFocus()) focusView();
}

/** A file keeps nothing: opened again, it is as it was written. */
const recordedStore = (recording: Recording) =>
  new ViewStore(() => recordedHost(recording), new ViewState({ read: () => undefined, write: () => {} }));

void open();
