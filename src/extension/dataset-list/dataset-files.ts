import type * as vscode from 'vscode';

/** What `openSource` reads, by the ends of names. */
export const DATASET_EXTENSIONS = ['jsonl', 'ndjson', 'txt', 'csv', 'tsv', 'parquet'];

/** Whether a file may be opened as a data set. */
export const isDatasetFile = ({ path }: vscode.Uri): boolean =>
  DATASET_EXTENSIONS.some((extension) => path.toLowerCase().endsWith(`.${extension}`));
