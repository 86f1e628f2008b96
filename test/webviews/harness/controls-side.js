/* Runs in the page: sets every control of it as the program does, and hears what is told of that. */

const CONTROLS = 'input, textarea, select, vt-checkbox, vt-choice, vt-tabs, vscode-text-field, vscode-text-area';

globalThis.vitrineControls = { setAll, tellOfText, unknownElements };

/** @returns what was set, and what was told of it */
async function setAll() {
  const controls = [...elementsIn(document)].filter((element) => element.matches(CONTROLS));
  const told = [];
  for (const control of controls) {
    for (const type of ['input', 'change', 'choose']) {
      control.addEventListener(type, () => told.push(`${type} of ${control.localName}`));
    }
  }
  for (const control of controls) setOther(control);
  for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  return { set: [...new Set(controls.map(({ localName, type }) => `${localName} ${type ?? ''}`))], told };
}

/** @returns how often a view hears of a text: when its field tells of what was there already, and then of another text */
function tellOfText() {
  const area = [...elementsIn(document)].find((element) => element.matches('vscode-text-area'));
  const { host } = area.getRootNode();
  let heard = 0;
  host.addEventListener('text-change', () => heard++);
  const tell = () => area.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  tell();
  const ofTheSame = heard;
  area.value = `${area.value} More.`;
  tell();
  return { ofTheSame, ofAnother: heard };
}

/** Elements that nobody has defined, and that do nothing therefore. */
function unknownElements() {
  return [...elementsIn(document)]
    .filter((element) => element.matches(':not(:defined)'))
    .map((element) => element.localName);
}

function setOther(control) {
  if ('checked' in control && control.type !== 'range' && control.type !== 'number') control.checked = !control.checked;
  if (control.type !== 'checkbox' && control.type !== 'radio') control.value = control.value === '1' ? '2' : '1';
}

function* elementsIn(root) {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}
