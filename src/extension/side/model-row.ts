/** A line of the Model view. */
export interface ModelRow {
  /** Names the actions that the manifest hangs on it. */
  kind: 'state' | 'model' | 'server' | 'provider' | 'tokenizer' | 'disk' | 'fact';
  label: string;
  value: string;
  icon: string;
  /** The whole story, where the value is its short form. */
  explanation?: string;
}
