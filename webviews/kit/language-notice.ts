import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shownText } from '../../src/display/shown-text';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { Memo } from './memo';
import { base } from './styles';
import { languageOf, type TextLanguage } from './text-language';

/** Says that the model was not made for the language of the interface or of the text, where its file tells its languages. */
@customElement('vt-language-notice')
export class LanguageNoticeElement extends StoreElement {
  /** The texts that the view shows, where they are not the one that is inspected. */
  @property({ attribute: false }) accessor texts: readonly string[] | undefined;
  readonly #leftOut = new Memo<TextLanguage[]>();

  static override styles = [
    base,
    css`
      p { max-width: none; margin-bottom: 8px; padding: 4px 16px; border-inline-start: 3px solid var(--vscode-editorWarning-foreground, var(--accent)); }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { language, state } = this.store;
    if (state.isLesson) return nothing;
    const made = state.model?.languages ?? [];
    const texts = this.texts ?? [shownText(state.subject).text];
    const ofTexts = this.#leftOut.get([made, ...texts], () =>
      languagesLeftOut(
        made,
        texts.flatMap((text) => languageOf(text) ?? []),
      ),
    );
    const leftOut = ofTexts.length > 0 ? ofTexts : languagesLeftOut(made, [spokenLanguage(language)]);
    if (leftOut.length === 0) return nothing;
    const all = new Intl.ListFormat(language, { type: 'conjunction' });
    const ofModel = all.format(made.map((code) => nameOf({ type: 'language', code }, language)));
    const others = all.format(leftOut.map((other) => nameOf(other, language)));
    return html`<p role="note">${ofTexts.length > 0 ? aboutTexts(ofModel, others) : aboutModel(ofModel, others)}</p>`;
  }
}

function aboutTexts(ofModel: string, others: string): string {
  return t(
    'There is text in {1} here, and this model was made for texts in {0}: its numbers mislead, they show what it has not learnt.',
    ofModel,
    others,
  );
}

/** Where only the interface is in another language: so may be what is read next. */
function aboutModel(ofModel: string, others: string): string {
  return t(
    'This model was made for texts in {0}, not for texts in {1}: of those its numbers would mislead.',
    ofModel,
    others,
  );
}

/** Of some languages, each once, those that a model was not made for; none where its file does not say what it was made for. */
function languagesLeftOut(made: readonly string[], all: readonly TextLanguage[]): TextLanguage[] {
  if (made.length === 0) return [];
  const leftOut = all.filter(({ languages }) => !languages.some((code) => made.includes(code)));
  return leftOut.filter(({ code }, i) => leftOut.findIndex((other) => other.code === code) === i);
}

/** @param language BCP 47 */
function spokenLanguage(language: string): TextLanguage {
  const [code = language] = language.split('-');
  return { languages: [code], type: 'language', code };
}

function nameOf({ type, code }: Pick<TextLanguage, 'type' | 'code'>, language: string): string {
  return new Intl.DisplayNames([language], { type }).of(code) ?? code;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-language-notice': LanguageNoticeElement;
  }
}
