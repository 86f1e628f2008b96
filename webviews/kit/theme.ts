import type { Rgb } from '../../src/display/colour';
import { type ColourScale, differenceScale, type Ground, greyScale, markScale } from '../../src/display/colour-scale';
import { heatScale, tintScale } from '../../src/display/tints';
import type { ChosenHues, Hue } from '../../src/shared/inspector-api';

/** The colours of the workbench's theme, and the scales made from them; made anew when the theme changes. */
export class Theme {
  readonly #listeners = new Set<() => void>();
  readonly #scales = new Map<string, ColourScale>();
  readonly #colours = new Map<string, Rgb>();
  #ground: Ground | undefined;
  #hues: ChosenHues = {};

  constructor() {
    // The editor says a theme in the attributes and variables of the page.
    const observer = new MutationObserver(() => this.#changed());
    for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true });
  }

  get ground(): Ground {
    this.#ground ??= {
      background: resolve('--vscode-editor-background', '#ffffff'),
      foreground: resolve('--vscode-editor-foreground', '#3b3b3b'),
      hues: this.#hues,
    };
    return this.#ground;
  }

  useHues(hues: ChosenHues): void {
    this.#hues = hues;
    this.#changed();
  }

  /** Under text, in the editor's steps: the same colour as there. */
  heat(hue: Hue): ColourScale {
    return this.#scale(`heat ${hue}`, () => heatScale(hue, this.ground));
  }

  /** Under text of what the editor does not paint, without steps. */
  tint(hue: Hue): ColourScale {
    return this.#scale(`tint ${hue}`, () => tintScale(hue, this.ground));
  }

  /** For bars, cells and arcs. */
  mark(hue: Hue): ColourScale {
    return this.#scale(`mark ${hue}`, () => markScale(hue, this.ground));
  }

  /** Of what has no hue: under text, where it stays read, and for cells. */
  get greyTint(): ColourScale {
    return this.#scale('grey tint', () => greyScale(this.ground, 0.3));
  }

  get greyMark(): ColourScale {
    return this.#scale('grey mark', () => greyScale(this.ground, 0.55));
  }

  /** Under text, −1 to 1. */
  get differenceTint(): ColourScale {
    return this.#scale('difference tint', () => differenceScale(this.ground, tintScale));
  }

  /** For bars and cells, −1 to 1. */
  get differenceMark(): ColourScale {
    return this.#scale('difference mark', () => differenceScale(this.ground, markScale));
  }

  /** A colour of the theme as it is. @param variable such as `--vscode-focusBorder` */
  colour(variable: string): Rgb {
    const colour = this.#colours.get(variable) ?? resolve(variable, '#808080');
    this.#colours.set(variable, colour);
    return colour;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #scale(name: string, make: () => ColourScale): ColourScale {
    const scale = this.#scales.get(name) ?? make();
    this.#scales.set(name, scale);
    return scale;
  }

  #changed(): void {
    this.#ground = undefined;
    this.#scales.clear();
    this.#colours.clear();
    for (const listener of this.#listeners) listener();
  }
}

/** A colour in whatever notation the theme has it, as the browser draws it on the page. */
function resolve(variable: string, otherwise: string): Rgb {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${variable}, ${otherwise})`;
  // The theme's own, also where the system forces others upon the page.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return [red, green, blue];
}
