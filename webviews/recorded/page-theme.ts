const DARK = matchMedia('(prefers-color-scheme: dark)');

/** The theme of a page that no editor gives one: the system's, until another is chosen. */
export class PageTheme {
  #chosen: boolean | undefined;

  constructor() {
    DARK.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get isDark(): boolean {
    return this.#chosen ?? DARK.matches;
  }

  toggle(): void {
    this.#chosen = !this.isDark;
    this.#apply();
  }

  /** As the editor says it to its pages. */
  #apply(): void {
    const kind = this.isDark ? 'vscode-dark' : 'vscode-light';
    document.documentElement.className = kind;
    document.body.className = kind;
    document.body.dataset.vscodeThemeKind = kind;
  }
}
