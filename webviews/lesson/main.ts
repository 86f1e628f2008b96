import { speakNumbersIn } from '../../src/display/numbers';
import type { LessonEvents, LessonHost } from '../../src/shared/lesson-api';
import { setTranslations } from '../l10n';
import { editorPort } from '../ports';
import { connect } from '../rpc';
import type { LessonElement } from './lesson';
import './lesson';

const port = globalThis.vitrinePort ?? editorPort();
let element: LessonElement | undefined;

const calls = connect<LessonHost, LessonEvents>(port, {
  changed: (state) => {
    if (element) element.state = state;
  },
});

/** By name: of the calls themselves every property is a call, also those by which Lit knows a directive. */
const host: LessonHost = {
  start: () => calls.start(),
  show: (request) => calls.show(request),
  doTask: () => calls.doTask(),
  answer: (request) => calls.answer(request),
  askAgain: () => calls.askAgain(),
  acceptNotice: () => calls.acceptNotice(),
  beginAnew: () => calls.beginAnew(),
  leave: () => calls.leave(),
};

async function open(): Promise<void> {
  const { language, translations, state } = await host.start();
  document.documentElement.lang = language;
  setTranslations(translations);
  speakNumbersIn(language);
  element = document.createElement('vt-lesson');
  element.host = host;
  element.state = state;
  document.body.replaceChildren(element);
}

void open();
