/** Characters of a document's name that are enough to know it by. */
const LONGEST = 40;
/** What Windows, or a browser that saves, does not take in a name; and what is not seen. */
const FORBIDDEN = /[\\/:*?"<>|]|\p{C}/gu;

/** How files begin that are saved of a document's view: `mouse.txt-attention`; of a view alone where there is no document. */
export function fileName(view: string, title: string | undefined): string {
  const cleaned = (title ?? '').replace(FORBIDDEN, ' ').trim().replace(/^\.+/, '');
  const name = [...cleaned].slice(0, LONGEST).join('').trim().replace(/\s+/g, '-');
  return name ? `${name}-${view}` : view;
}
