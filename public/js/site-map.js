// Draws a site's place: by taps, by walking around it, or by typing corners. Everything lands in the field of the form, which the server reads;
// the server too works out the area and says what is wrong, so that the rules stand in one place. The form works without this script.
import { button, element, fill, load } from './site-elements.js';
import { drawCorners } from './site-corners.js';
import { roughMetres, whereIStand } from './site-here.js';
import { createMap } from './site-leaflet.js';
import { buildPanel } from './site-panel.js';
import { cornerAt, latLng, placeCorners, takeRead } from './site-reading.js';
import { isWrong, lines, reportOf, statusLines } from './site-status.js';

const box = document.getElementById('ve');
const field = document.getElementById('geometry');
const words = JSON.parse(box.dataset.words);
const named = (name) => document.getElementById(name);
const waitMilliseconds = 350;

// corners: { text, at, fault }; plots: an outline of many corners, of several plots or with holes; stash: corners that can be brought back.
const state = { mode: 'point', corners: [], isClosed: false, plots: undefined, stash: undefined, report: undefined, said: '' };
let map;
let parts;

const showStatus = () => {
  const said = [state.said, ...statusLines(state, words)].filter((line) => line !== '');
  parts.status.replaceChildren(...said.map((line) => element('p', {}, line)));
  parts.status.classList.toggle('sai', isWrong(state));
};

const takeCommune = ({ code, name }) => {
  named('communeName').value = name;
  named('communeCode').value = code;
  showOffers();
};

const showOffers = () => {
  const offers = [];
  const report = reportOf(state);
  if (report !== undefined) {
    if (report.corrected !== null) offers.push(button(words.turn, () => takeText(report.corrected), { className: 'btn p' }));
    if (report.commune !== null && report.commune.code !== named('communeCode').value) {
      offers.push(element('p', {}, fill(words.communeIs, report.commune)));
      offers.push(button(fill(words.takeCommune, report.commune), () => takeCommune(report.commune)));
    }
  }
  if (state.rough !== undefined) offers.push(button(words.takeRough, takeRough));
  parts.offers.replaceChildren(...offers);
};

const problemAt = () => (isWrong(state) && state.report.problem.at !== null ? latLng(state.report.problem.at) : undefined);

const showMap = () =>
  map.draw({
    corners: state.corners,
    isClosed: state.isClosed && state.corners.length > 2,
    plots: state.plots,
    problemAt: problemAt(),
  });

const showButtons = () => {
  const isPoint = state.mode === 'point';
  const count = state.corners.length;
  parts.help.textContent = words.help[state.mode];
  for (const [mode, input] of Object.entries(parts.modes)) input.checked = mode === state.mode;
  parts.here.textContent = isPoint ? words.here : words.hereCorner;
  parts.undo.disabled = count === 0;
  parts.clear.disabled = count === 0 && state.plots === undefined;
  parts.back.hidden = state.stash === undefined;
  parts.close.hidden = isPoint || state.plots !== undefined;
  parts.close.disabled = count < 3;
  parts.close.textContent = state.isClosed ? words.more : words.close;
  parts.list.hidden = state.plots !== undefined;
  parts.add.hidden = isPoint && count > 0;
};

const show = () => {
  showButtons();
  showStatus();
  showOffers();
  showMap();
  const corners = state.plots === undefined ? state.corners : [];
  drawCorners(parts.list, words, corners, state.mode === 'point', { onEdit: editCorner, onRemove: removeCorner });
};

let asked = 0;
let timer;

const measure = async (isFromField) => {
  asked += 1;
  const own = asked;
  const place = field.value.trim();
  if (place === '') {
    state.report = undefined;
    if (isFromField) Object.assign(state, { corners: [], plots: undefined, isClosed: false });
    return show();
  }
  const headers = { 'content-type': 'application/json' };
  const report = await fetch(box.dataset.measure, { method: 'POST', headers, body: JSON.stringify({ place }) })
    .then((answer) => (answer.ok ? answer.json() : 'offline'))
    .catch(() => 'offline');
  if (own !== asked) return;
  state.report = report;
  if (report !== 'offline') {
    if (isFromField) takeRead(state, report.read);
    else if (state.plots === undefined) placeCorners(state, report);
  }
  show();
};

const measureSoon = (isFromField) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => measure(isFromField).catch(() => undefined), waitMilliseconds);
};

const changed = () => {
  state.report = undefined;
  state.rough = undefined;
  field.value = lines(state).join('\n');
  show();
  measureSoon(false);
};

const takeText = (text) => {
  field.value = text;
  measure(true).then(map.fit, () => undefined);
};

const addCorner = (at) => {
  if (state.plots !== undefined || (state.isClosed && state.mode !== 'point')) return;
  state.said = '';
  if (state.mode === 'point') state.corners = [];
  state.corners.push(cornerAt(at));
  changed();
};

const editCorner = (place, text) => {
  const corner = state.corners[place];
  if (corner === undefined || corner.text === text) return;
  Object.assign(corner, { text, at: undefined });
  changed();
};

const dropCorner = (place) => {
  state.corners.splice(place, 1);
  if (state.corners.length < 3) state.isClosed = false;
  state.said = '';
  changed();
};

const removeCorner = (place) => {
  dropCorner(place);
  const next = parts.list.querySelectorAll('input')[Math.min(place, state.corners.length - 1)];
  (next ?? parts.add).focus();
};

const typeCorner = () => {
  state.corners.push({ text: '' });
  state.isClosed = false;
  show();
  [...parts.list.querySelectorAll('input')].at(-1)?.focus();
};

const keep = () => {
  state.stash = { ...state, corners: [...state.corners], stash: undefined };
};

const clear = () => {
  keep();
  Object.assign(state, { corners: [], plots: undefined, isClosed: false, said: '' });
  changed();
};

const bringBack = () => {
  const { mode, corners, plots, isClosed } = state.stash;
  Object.assign(state, { mode, corners, plots, isClosed, stash: undefined, said: '' });
  if (plots === undefined) return changed();
  field.value = JSON.stringify(plots);
  measureSoon(false);
};

const chooseMode = (mode) => {
  if (mode === 'point' && (state.corners.length > 1 || state.plots !== undefined)) {
    keep();
    Object.assign(state, { corners: state.corners.slice(0, 1), plots: undefined, isClosed: false });
  }
  Object.assign(state, { mode, said: '' });
  changed();
};

const close = () => {
  state.isClosed = !state.isClosed;
  state.said = '';
  changed();
};

const takePosition = ({ latitude: lat, longitude: lng, accuracy }) => {
  addCorner({ lat, lng });
  map.lookAt([lat, lng]);
  state.said = fill(words.located, { n: Math.round(accuracy) });
  show();
};

const takeRough = () => takePosition(state.rough);

const takeHere = async () => {
  Object.assign(state, { said: words.locating, rough: undefined });
  if (state.mode !== 'point') state.isClosed = false;
  show();
  try {
    const here = await whereIStand();
    if (here.accuracy <= roughMetres) return takePosition(here);
    Object.assign(state, { said: fill(words.rough, { n: Math.round(here.accuracy) }), rough: here });
    map.lookAt([here.latitude, here.longitude]);
  } catch (why) {
    state.said = words[why] ?? words.unavailable;
  }
  show();
};

const keys = {
  ArrowUp: () => map.moveBy(0, -1),
  ArrowDown: () => map.moveBy(0, 1),
  ArrowLeft: () => map.moveBy(-1, 0),
  ArrowRight: () => map.moveBy(1, 0),
  '+': () => map.zoomBy(1),
  '=': () => map.zoomBy(1),
  '-': () => map.zoomBy(-1),
  Enter: () => addCorner(map.centre()),
};

const act = {
  chooseMode,
  takeHere,
  clear,
  bringBack,
  close,
  typeCorner,
  undo: () => dropCorner(state.corners.length - 1),
  placeAtCross: () => addCorner(map.centre()),
  moveBy: (east, south) => map.moveBy(east, south),
  fit: () => map.fit(),
};

const open = async () => {
  const { style, script, background, sites, own } = box.dataset;
  await Promise.all([load('link', { rel: 'stylesheet', href: style }), load('script', { src: script })]);
  parts = buildPanel(box, words, act, keys);
  const communeCode = named('communeCode').value;
  map = createMap(parts.frame, {
    words,
    communeCode,
    backgroundUrl: background,
    sitesUrl: sites,
    own,
    onTap: addCorner,
  });
  named('hinh-chu')?.remove();
  field.addEventListener('input', () => measureSoon(true));
  await measure(true);
  map.fit();
  parts.modes[state.mode].focus();
  const hasBackground = await map.drawBehind();
  if (!hasBackground && lines(state).length === 0 && state.plots === undefined) {
    state.said = words.noBackground;
    show();
  }
};

const offer = () => {
  const failed = element('p', { className: 'loi' });
  const opener = button(words.open, async () => {
    opener.disabled = true;
    failed.textContent = '';
    try {
      await open();
    } catch {
      opener.disabled = false;
      failed.textContent = words.failed;
    }
  }, { className: 'btn p' });
  box.append(element('h2', {}, words.title), element('p', { className: 'phu' }, words.lead), element('div', { className: 'nho-nut' }, opener), failed);
};

offer();
