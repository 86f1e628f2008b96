/** `vscode.l10n.t`, handed to what must not know `vscode`: `{0}` stands for the first value. */
export type Translate = (text: string, ...values: (string | number)[]) => string;
