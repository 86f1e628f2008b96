import type * as vscode from 'vscode';

const TEXTS = ['jsonl', 'ndjson', 'txt', 'csv', 'tsv'];

/** What `openSource` reads, by the ends of names. */
const DATASET_EXTENSIONS = [...TEXTS, 'parquet', ...TEXTS.map((extension) => `${extension}.gz`)];

/** What a dialog of files goes by: the last part of a name. */
export const DIALOG_EXTENSIONS = [...TEXTS, 'parquet', 'gz'];

/** Whether a file may be opened as a data set. */
export const isDatasetFile = ({ path }: vscode.Uri): boolean =>
  DATASET_EXTENSIONS.some((extension) => path.toLowerCase().endsWith(`.${extension}`));
