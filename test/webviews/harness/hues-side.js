/** What draws with a scale: elements with a colour of their own, and shapes. In the page: returns `rgb(…)` colours, one an element. */
globalThis.vitrineColours = () => {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const { style } = element;
      const said = [style?.backgroundColor, style?.fill, style?.stroke];
      said.push(element.getAttribute('fill'), element.getAttribute('stroke'));
      for (const colour of said) if (colour?.startsWith('rgb')) found.push(colour);
    }
    for (const canvas of root.querySelectorAll('canvas')) {
      if (canvas.width === 0 || canvas.height === 0) continue;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4 * 997) {
        if (data[at + 3] === 255) found.push(`rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`);
      }
    }
  };
  visit(document.querySelector('vt-inspector').shadowRoot);
  return found;
};
