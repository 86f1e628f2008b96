import * as vscode from 'vscode';

/** Of a list in which one may also type what is not in it. */
interface PickOptions<T extends vscode.QuickPickItem> {
  title: string;
  placeholder: string;
  /** What is offered, the first first. */
  known: readonly T[];
  /** What is offered before that for what has been typed. */
  typed(value: string): readonly T[];
  /** Which of several lists it is, from 1. */
  step?: { number: number; of: number };
}

/** @returns undefined where nothing was chosen. */
export async function pickOrType<T extends vscode.QuickPickItem>(options: PickOptions<T>): Promise<T | undefined> {
  const { title, placeholder, known, typed, step } = options;
  const picker = vscode.window.createQuickPick<T>();
  picker.title = title;
  picker.placeholder = placeholder;
  picker.step = step?.number;
  picker.totalSteps = step?.of;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = known;
  picker.onDidChangeValue((value) => {
    // What is offered already stays where it is: a click may be on its way to it.
    const items = known.some(({ label }) => label === value) ? [] : typed(value);
    picker.items = [...items, ...known.filter(({ label }) => items.every((item) => item.label !== label))];
    // The workbench puts what begins with what was typed first: before a word with its space.
    if (items.length > 0) picker.activeItems = items.slice(0, 1);
  });
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}
