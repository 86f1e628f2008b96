export interface Frames {
  /** Milliseconds of the thread for each move. */
  work: number[];
  /** Milliseconds between frames. */
  intervals: number[];
}

/** Runs in the page: moves a pointer every other frame. */
export const frameWork = `async (what, moves) => {
  const deep = (...path) => path.reduce((at, selector) => (at.shadowRoot ?? at).querySelector(selector), document);
  const view = deep('vt-inspector', 'vt-attention-view');
  const matrix = deep('vt-inspector', 'vt-attention-view', 'vt-attention-picture', 'vt-attention-matrix', 'vt-matrix');
  const stage = matrix.shadowRoot.querySelector('.stage');
  const tokens = deep('vt-inspector', 'vt-attention-view', 'vt-attention-strip', 'vt-token-text').shadowRoot.querySelectorAll('.token');
  const { left, top, width, height } = stage.getBoundingClientRect();
  const send = (target, type, x, y) =>
    target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, pointerId: 1, button: 0, clientX: x, clientY: y }));
  stage.setPointerCapture = () => {};
  if (what === 'pan') send(stage, 'pointerdown', left + width / 2, top + height / 2);
  const work = [];
  const starts = [];
  // Until the next frame has been drawn: what the thread took for it.
  const frame = (begin) => new Promise((resolve) => requestAnimationFrame((start) => {
    begin();
    starts.push(start);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now() - start);
    port2.postMessage(undefined);
  }));
  for (let move = 0; move < moves; move++) {
    // What is asked for in one frame may be drawn in the next.
    const first = await frame(() => {
      if (what === 'text') send(tokens[tokens.length - 200 + move], 'pointerover', 0, 0);
      else send(stage, 'pointermove', left + width / 4 + 3 * move, top + height / 2 + 2 * move);
    });
    work.push(first + (await frame(() => {})));
  }
  send(stage, 'pointerup', left, top);
  return { work, intervals: starts.slice(1).map((start, i) => start - starts[i]) };
}`;
