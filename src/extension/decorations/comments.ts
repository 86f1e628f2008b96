import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { knownSyntaxOf } from '../../workspace/languages/languages';
import type { PartSyntax } from '../../workspace/languages/syntax';
import { commentsOf } from '../../workspace/lines/parts';
import { commentMarks, syntaxOfMarks } from './comment-marks';

/** What an extension's manifest says of a language. */
interface LanguageContribution {
  id?: string;
  configuration?: string;
}

/** The comments of documents: as a review and a map know them, and in other languages by the marks that the editor has for these. */
export class Comments {
  readonly #learnt = new Map<string, PartSyntax | undefined>();
  readonly #spans = new WeakMap<vscode.TextDocument, { version: number; spans: readonly Span[] }>();
  readonly #whenLearnt: () => void;

  /** @param whenLearnt called when the marks of a language have been read */
  constructor(whenLearnt: () => void) {
    this.#whenLearnt = whenLearnt;
  }

  /** In UTF-16 offsets and in order; none of a language without comments, or before its marks have been read. */
  of(document: vscode.TextDocument): readonly Span[] {
    const { languageId, version } = document;
    const syntax = knownSyntaxOf(languageId) ?? this.#learntSyntaxOf(languageId);
    if (!syntax) return [];
    const known = this.#spans.get(document);
    if (known?.version === version) return known.spans;
    const spans = commentsOf(document.getText(), syntax);
    this.#spans.set(document, { version, spans });
    return spans;
  }

  #learntSyntaxOf(languageId: string): PartSyntax | undefined {
    if (!this.#learnt.has(languageId)) void this.#learn(languageId);
    return this.#learnt.get(languageId);
  }

  async #learn(languageId: string): Promise<void> {
    this.#learnt.set(languageId, undefined);
    for (const { extensionUri, packageJSON } of vscode.extensions.all) {
      const languages: LanguageContribution[] = packageJSON.contributes?.languages ?? [];
      for (const { id, configuration } of languages) {
        if (id !== languageId || !configuration) continue;
        const file = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, configuration));
        this.#learnt.set(languageId, syntaxOfMarks(commentMarks(new TextDecoder().decode(file))));
        this.#whenLearnt();
        return;
      }
    }
  }
}
