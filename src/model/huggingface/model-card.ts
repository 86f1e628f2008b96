import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { languageCodes, shownName } from '../checkpoint/shown-name';
import type { JsonObject } from './json';
import { readText } from './read-json-file';

/** Of a README, the YAML between two lines of dashes at its top. */
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---/;
/** `language: en`, `language: [en, es]`, or the entries in lines below. */
const LANGUAGE = /^languages?:[ \t]*(.*(?:\r?\n[ \t]*- .*)*)/m;

/** ISO 639 codes of the languages that the folder's README names. */
export function languagesOf(folder: string): string[] {
  const path = join(folder, 'README.md');
  const [, yaml = ''] = (existsSync(path) && FRONT_MATTER.exec(readText(path))) || [];
  const [, value = ''] = LANGUAGE.exec(yaml) ?? [];
  return languageCodes(value.split(/[^\p{L}]+/u));
}

/** A repository's folder in the cache that Hugging Face's tools share. */
export const REPOSITORY = /^models--(.+)--(.+)$/;
const REVISION = /^[0-9a-f]{40}$/;

/** What a folder is called: as its repository in the cache, or as itself; empty where that is only a number. */
export function folderName(folder: string): string {
  const path = resolve(folder);
  const [, , repository] = REPOSITORY.exec(basename(dirname(dirname(path)))) ?? [];
  return shownName(repository ?? (REVISION.test(basename(path)) ? '' : basename(path)));
}

/** What a model is called: as its folder, or else as what its configuration says it was made from. */
export function nameOf(folder: string, { _name_or_path: origin }: JsonObject): string {
  return folderName(folder) || (typeof origin === 'string' ? shownName(basename(origin)) : '');
}
