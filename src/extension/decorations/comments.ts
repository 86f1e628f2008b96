import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { type CommentMarks, commentMarks, commentSpans } from './comment-spans';

/** What an extension's manifest says of a language. */
interface LanguageContribution {
  id?: string;
  configuration?: string;
}

/** The comments of documents, by the marks that the editor itself has for their languages. */
export class Comments {
  readonly #marks = new Map<string, CommentMarks | undefined>();
  readonly #spans = new WeakMap<vscode.TextDocument, { version: number; spans: readonly Span[] }>();
  readonly #learnt: () => void;

  /** @param learnt called when the marks of a language have been read */
  constructor(learnt: () => void) {
    this.#learnt = learnt;
  }

  /** In UTF-16 offsets and in order; none of a language without comments, or before its marks have been read. */
  of(document: vscode.TextDocument): readonly Span[] {
    const { languageId, version } = document;
    if (!this.#marks.has(languageId)) void this.#learn(languageId);
    const marks = this.#marks.get(languageId);
    if (!marks) return [];
    const known = this.#spans.get(document);
    if (known?.version === version) return known.spans;
    const spans = commentSpans(document.getText(), marks);
    this.#spans.set(document, { version, spans });
    return spans;
  }

  async #learn(languageId: string): Promise<void> {
    this.#marks.set(languageId, undefined);
    for (const { extensionUri, packageJSON } of vscode.extensions.all) {
      const languages: LanguageContribution[] = packageJSON.contributes?.languages ?? [];
      for (const { id, configuration } of languages) {
        if (id !== languageId || !configuration) continue;
        const file = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, configuration));
        this.#marks.set(languageId, commentMarks(new TextDecoder().decode(file)));
        this.#learnt();
        return;
      }
    }
  }
}
