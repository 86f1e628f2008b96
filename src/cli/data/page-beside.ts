import { basename, join, resolve } from 'node:path';

const ENDING = /\.(jsonl|ndjson|txt|csv|tsv|parquet)(\.gz)?$/i;

/** The page of a data set where it is not named: `rows.html` beside `rows.jsonl`, `rows.csv.gz`, or the folder `rows`. */
export function pageBeside(path: string): string {
  return join(path, '..', `${basename(resolve(path)).replace(ENDING, '')}.html`);
}
