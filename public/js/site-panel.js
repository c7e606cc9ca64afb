// The panel of the map of a site: ways of working, the map's frame, buttons, what is said, and the list of corners.
import { button, choice, element } from './site-elements.js';

const rowOf = (...buttons) => element('div', { className: 'nho-nut' }, ...buttons);

const modeChooser = (words, onChoose) => {
  const modes = {};
  const choices = element('div', { className: 'ngay' });
  for (const [mode, label] of Object.entries(words.modes)) {
    const made = choice('cach-ve', mode, label, onChoose);
    modes[mode] = made.input;
    choices.append(made.label);
  }
  return { modes, chooser: element('fieldset', {}, element('legend', {}, words.mode), choices) };
};

const mapFrame = (words, keys) => {
  const frame = element('div', { className: 'song', tabIndex: 0 });
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', words.map);
  frame.addEventListener('keydown', (event) => {
    const act = event.target === frame && !event.ctrlKey && !event.altKey && !event.metaKey ? keys[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  return frame;
};

const moveButtons = (words, { moveBy, fit }) => {
  const move = (text, east, south) => button(text, () => moveBy(east, south));
  const moves = rowOf(
    move(words.north, 0, -1),
    move(words.south, 0, 1),
    move(words.west, -1, 0),
    move(words.east, 1, 0),
    button(words.fit, fit),
  );
  moves.setAttribute('role', 'group');
  moves.setAttribute('aria-label', words.move);
  return element('details', { className: 'them' }, element('summary', {}, words.move), moves);
};

/** Fills `box` and gives the parts that change, `frame` of the map among them. `act` holds one function for each thing a person can do. */
export const buildPanel = (box, words, act, keys) => {
  const { modes, chooser } = modeChooser(words, act.chooseMode);
  const frame = mapFrame(words, keys);
  const cross = element('div', { className: 'tam' });
  cross.setAttribute('aria-hidden', 'true');
  const status = element('div', { className: 'tin-ve' });
  status.setAttribute('role', 'status');
  const parts = {
    modes,
    frame,
    status,
    help: element('p', { className: 'phu' }),
    here: button(words.here, act.takeHere),
    undo: button(words.undo, act.undo),
    clear: button(words.clear, act.clear),
    back: button(words.back, act.bringBack),
    close: button(words.close, act.close),
    offers: rowOf(),
    add: button(words.addCorner, act.typeCorner),
    list: element('div', { className: 'cac-goc' }, element('h3', {}, words.corners), element('ol')),
  };
  box.replaceChildren(
    element('h2', {}, words.title),
    chooser,
    parts.help,
    element('div', { className: 'khung-ve' }, frame, cross),
    rowOf(button(words.centre, act.placeAtCross), parts.here),
    rowOf(parts.close, parts.undo, parts.clear, parts.back),
    status,
    parts.offers,
    moveButtons(words, act),
    parts.list,
    rowOf(parts.add),
  );
  return parts;
};
