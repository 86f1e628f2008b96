/** What is drawn so far, where on the page the picture begins, and which part of the page is in view. */
export interface Sheet {
  parts: string[];
  left: number;
  top: number;
  seen: DOMRect;
}
