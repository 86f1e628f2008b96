import { nothing } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** CSS properties as they are called in stylesheets; undefined takes one away. */
export type Styles = Record<string, string | undefined>;

class Styled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() stands in a tag, by itself.');
  }

  override render(_: Styles): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [styles]: [Styles]): unknown {
    const { style } = element as HTMLElement | SVGElement;
    for (const [name, value] of Object.entries(styles)) style.setProperty(name, value ?? null);
    return nothing;
  }
}

/**
 * Styles of one element that are known only when it is drawn: `<i ${styled({ width: '50%' })}>`. The page's policy
 * forbids `style` attributes, which Lit's own directive begins with.
 */
export const styled = directive(Styled);
