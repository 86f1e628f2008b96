import { basename, dirname, join, resolve } from 'node:path';
import { folderNameOf } from '../../shared/folder-name';
import { openFile } from '../checkpoint/byte-source';
import { languageCodes, shownName } from '../checkpoint/shown-name';
import type { JsonObject } from './json';

/** Of a README, the YAML between two lines of dashes at its top. */
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---/;
/** `language: en`, `language: [en, es]`, or the entries in lines below. */
const LANGUAGE = /^languages?:[ \t]*(.*(?:\r?\n[ \t]*- .*)*)/m;

/** More than any front matter takes. */
const START_BYTES = 2 ** 16;

/** ISO 639 codes of the languages that the folder's README names; none where it cannot be read. */
export function languagesOf(folder: string): string[] {
  const [, yaml = ''] = FRONT_MATTER.exec(startOf(join(folder, 'README.md'))) ?? [];
  const [, value = ''] = LANGUAGE.exec(yaml) ?? [];
  return languageCodes(value.split(/[^\p{L}]+/u));
}

/** `tags` and `datasets`, likewise. */
const TAGS = /^(?:tags|datasets):[ \t]*(.*(?:\r?\n[ \t]*- .*)*)/gm;
/** What TRL writes into the text. */
const TRAINED = /^This model was trained with (\w+)/m;

/** What the folder's README and the name of the folder say of how it was trained. */
export function trainingWordsOf(folder: string): string[] {
  const readme = startOf(join(folder, 'README.md'));
  const [, yaml = ''] = FRONT_MATTER.exec(readme) ?? [];
  const tags = Array.from(yaml.matchAll(TAGS), ([, value = '']) => value);
  const [, trained = ''] = TRAINED.exec(readme) ?? [];
  return [...tags, trained, folderName(folder)];
}

function startOf(path: string): string {
  try {
    const source = openFile(path);
    const start = source.read(0, Math.min(source.size, START_BYTES));
    source.close();
    return Buffer.from(start).toString('utf8');
  } catch {
    return '';
  }
}

/** A repository's folder in the cache that Hugging Face's tools share. */
export const REPOSITORY = /^models--(.+)--(.+)$/;
const REVISION = /^[0-9a-f]{40}$/;

/** What a folder is called: as its repository in the cache, or as itself; empty where that is only a number. */
export function folderName(folder: string): string {
  const path = resolve(folder);
  const [, , repository] = REPOSITORY.exec(basename(dirname(dirname(path)))) ?? [];
  return shownName(repository ?? (REVISION.test(basename(path)) ? '' : folderNameOf(path)));
}

/** What a model is called: as its folder, or else as what its configuration says it was made from. */
export function nameOf(folder: string, { _name_or_path: origin }: JsonObject): string {
  return folderName(folder) || (typeof origin === 'string' ? shownName(basename(origin)) : '');
}
