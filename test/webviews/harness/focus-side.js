/*
 * Runs in the page: what a keyboard can reach, shadow roots included. Elements are told apart by numbers, in the order
 * in which they are first met.
 */

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [contenteditable], [tabindex]';
/** A group that is one stop of the Tab key, whose members arrow keys reach. */
const GROUP =
  '[role=listbox], [role=grid], [role=tablist], [role=toolbar], [role=tree], fieldset, :is(tbody, ol):has([tabindex="-1"])';

const met = [];

globalThis.vitrineFocus = { active, at: (i) => met[i], controls, stop, members, moving };

function active() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? undefined : element;
}

/** What has the focus. */
function stop() {
  const element = active();
  if (!element) return undefined;
  // A radio button is seen by its label.
  const seen = element.matches('label input') ? element.closest('label') : element;
  const { x, y, width, height } = seen.getBoundingClientRect();
  return {
    number: numberOf(element),
    name: pathOf(element),
    group: numberOf(groupOf(element)),
    box: { x, y, width, height },
  };
}

/** All that can be clicked or typed into, is in view, and is not in a control itself. */
function controls() {
  const found = [];
  for (const element of elementsIn(document)) {
    if (!isControl(element) || !isSeen(element)) continue;
    found.push({ number: numberOf(element), name: pathOf(element), group: numberOf(groupOf(element)) });
  }
  return found;
}

/** Of a group, that arrow keys reach: how many, and in how many rows. A browser sees to a fieldset's radio buttons itself. */
function members(group) {
  const element = met[group];
  if (element.matches('fieldset')) return undefined;
  const all = [...element.querySelectorAll('[tabindex]')];
  const rows = element.matches('[role=grid]') ? new Set(all.map((member) => member.closest('[role=row]'))).size : 1;
  return { count: all.length, rows };
}

/** What moves by itself or when it changes, and for how many seconds. */
function moving() {
  const found = [];
  for (const element of elementsIn(document)) {
    for (const part of ['', '::before', '::after']) {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, part || undefined);
      const durations = animationName === 'none' ? transitionDuration : `${transitionDuration}, ${animationDuration}`;
      const seconds = Math.max(...durations.split(',').map(Number.parseFloat));
      if (seconds > 0) found.push({ name: `${pathOf(element)}${part}`, seconds });
    }
  }
  return found;
}

function isControl(element) {
  if (element.matches(FOCUSABLE)) return !element.disabled && !hostsControl(element);
  // Who gives it the pointer's hand, has it clicked.
  return hasHand(element) && !hasHand(parentOf(element)) && !isWithinControl(element) && !holdsControl(element);
}

const hasHand = (element) => element instanceof Element && getComputedStyle(element).cursor === 'pointer';
const hostsControl = (element) => Boolean(element.shadowRoot?.delegatesFocus);
const holdsControl = (element) =>
  [...elementsIn(element.shadowRoot ?? element), ...elementsIn(element)].some((inner) => inner.matches(FOCUSABLE));

function isWithinControl(element) {
  for (let at = parentOf(element); at; at = parentOf(at)) if (at.matches(FOCUSABLE) || at.control) return true;
  return false;
}

function isSeen(element) {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
}

function groupOf(element) {
  return element.closest(GROUP) ?? undefined;
}

function parentOf(element) {
  return element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
}

function* elementsIn(root) {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

function numberOf(element) {
  if (!element) return undefined;
  if (!met.includes(element)) met.push(element);
  return met.indexOf(element);
}

/** To find it by: the elements that it is in, and what it says. */
function pathOf(element) {
  const hosts = [];
  for (let { host } = element.getRootNode(); host; { host } = host.getRootNode()) hosts.unshift(host.localName);
  const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
  return `${hosts.slice(-2).join(' ')} ${element.localName} “${text.trim().slice(0, 40)}”`;
}
