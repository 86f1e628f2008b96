import type { StateStorage } from './store/view-state';

/** A way to a host in another process: the editor's extension, or a test. */
export interface Port extends StateStorage {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

export function editorPort(): Port {
  const editor = acquireVsCodeApi();
  return {
    post: (message) => editor.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', ({ data }) => listener(data)),
    read: () => editor.getState(),
    write: (state) => editor.setState(state),
  };
}
