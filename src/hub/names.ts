import { sentence, VitrineError } from '../shared/errors';

/** What a person asks for: a model of the hub, and which of its files. */
export interface ModelName {
  /** OWNER/NAME */
  repository: string;
  /** A file of it, or a part of its name that no other has; undefined where only the model is named. */
  file: string | undefined;
}

/** By the hub's rules for names: huggingface_hub, `validate_repo_id`. Neither part can lead out of a folder. */
const PART = /^(?!.*(?:--|\.\.))[\w](?:[\w.-]{0,94}[\w])?$/;

/** `OWNER/NAME[:FILE]`, or the address of the model's page. @throws VitrineError `hub.name` */
export function modelNameOf(text: string): ModelName {
  const [, owner = '', name = '', file] =
    /^(?:https?:\/\/[^/]+\/)?([^/:]+)\/([^/:]+)\/?(?::(.+))?$/.exec(text.trim()) ?? [];
  if (![owner, name].every((part) => PART.test(part)) || name.endsWith('.git')) {
    throw new VitrineError(
      'hub.name',
      sentence`${text} is no name of a model. It has to be OWNER/NAME or OWNER/NAME:FILE, such as ${'Qwen/Qwen3-0.6B-GGUF'}.`,
    );
  }
  return { repository: `${owner}/${name}`, file };
}

/** Names of devices and what no file may be called on Windows, where the cache may lie as well. */
const NOT_ON_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*\\]|[. ]$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;
const LONGEST_PATH = 400;

/** Whether a path that the hub names stays below the folder that it is joined to, on every system. */
export function isSafePath(path: string): boolean {
  const parts = path.split('/');
  return (
    path.length <= LONGEST_PATH &&
    !CONTROL.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !NOT_ON_WINDOWS.test(part))
  );
}
