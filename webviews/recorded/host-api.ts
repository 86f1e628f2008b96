import type { Recording } from '../../src/recording/recording';
import type { HostApi } from '../../src/shared/inspector-api';
import { download } from './download';
import { unanswered } from './unanswered';

/** A page by itself: there is no editor to follow what is selected, and nothing to be read anew. */
export function recordedHostApi({ language, translations, state, symbols }: Recording): HostApi {
  const noEditor = async () => {
    throw unanswered();
  };
  return {
    start: async () => ({ language, translations, state, isLive: false }),
    select: async () => {},
    preview: async () => {},
    show: async () => {},
    setShown: async () => {},
    setMasksSink: async () => {},
    setPinned: async () => {},
    symbols: async () => symbols,
    copy: (text) => navigator.clipboard.writeText(text),
    save: async (file) => download(file),
    ablate: noEditor,
    steer: noEditor,
    loadControlVector: noEditor,
    saveControlVector: noEditor,
    renew: noEditor,
    readToWordEnd: noEditor,
    cancelReading: noEditor,
    selections: noEditor,
    clipboard: noEditor,
    saveInspector: noEditor,
    insert: noEditor,
    run: noEditor,
  };
}
