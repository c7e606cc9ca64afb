// Draws a site's place: by taps, by walking around it, or by typing corners. Everything lands in the field of the form, which the server reads;
// the server too works out the area and says what is wrong, so that the rules stand in one place. The form works without this script.
import { button, choice, element, fill, load } from './site-elements.js';
import { drawCorners, mostListed } from './site-corners.js';
import { roughMetres, whereIStand } from './site-here.js';
import { createMap } from './site-leaflet.js';

const box = document.getElementById('ve');
const field = document.getElementById('geometry');
const words = JSON.parse(box.dataset.words);
const named = (name) => document.getElementById(name);
const waitMilliseconds = 350;

const pairText = ({ lat, lng }) => `${Number(lat.toFixed(6))}, ${Number(lng.toFixed(6))}`;
const cornerAt = (at) => ({ text: pairText(at), at: [at.lat, at.lng] });
const latLng = ([lng, lat]) => [lat, lng];

// corners: { text, at, fault }; plots: an outline of many corners, of several plots or with holes; stash: corners that can be brought back.
const state = { mode: 'point', corners: [], isClosed: false, plots: undefined, stash: undefined, report: undefined, said: '' };
let map;
let parts;

const lines = () => state.corners.map(({ text }) => text.trim()).filter((text) => text !== '');

const saidOfCorners = () => {
  const count = lines().length;
  if (state.plots !== undefined || count === 0) return state.plots === undefined ? words.nothing : '';
  if (state.mode === 'point') return words.onePoint;
  return count < 3 ? fill(count === 1 ? words.oneCorner : words.fewCorners, { n: count }) : words.measuring;
};

const cornerCount = () => state.plots?.coordinates.flat(state.plots.type === 'Polygon' ? 1 : 2).length ?? lines().length;

// ---- what is shown ----

const statusLines = () => {
  const { report } = state;
  if (report === 'offline') return [words.offline];
  if (report === undefined) return [saidOfCorners()];
  if (report.problem !== null && (state.plots !== undefined || state.mode === 'point' || lines().length > 2))
    return [report.problem.detail];
  if (report.area === '' || report.geometry === null) return [saidOfCorners()];
  return [fill(words.area, { area: report.area, n: cornerCount() }), ...(state.isClosed && state.plots === undefined ? [words.closedNote] : [])];
};

const isWrong = () => {
  const { report } = state;
  return report !== undefined && report !== 'offline' && report.problem !== null && statusLines()[0] === report.problem.detail;
};

const showStatus = () => {
  const said = [state.said, ...statusLines()].filter((line) => line !== '');
  parts.status.replaceChildren(...said.map((line) => element('p', {}, line)));
  parts.status.classList.toggle('sai', isWrong());
};

const takeCommune = ({ code, name }) => {
  named('communeName').value = name;
  named('communeCode').value = code;
  showOffers();
};

const showOffers = () => {
  const offers = [];
  const { report } = state;
  if (report !== undefined && report !== 'offline') {
    if (report.corrected !== null) offers.push(button(words.turn, () => takeText(report.corrected), { className: 'btn p' }));
    if (report.commune !== null && report.commune.code !== named('communeCode').value) {
      offers.push(element('p', {}, fill(words.communeIs, report.commune)));
      offers.push(button(fill(words.takeCommune, report.commune), () => takeCommune(report.commune)));
    }
  }
  if (state.rough !== undefined) offers.push(button(words.takeRough, takeRough));
  parts.offers.replaceChildren(...offers);
};

const problemAt = () => (isWrong() && state.report.problem.at !== null ? latLng(state.report.problem.at) : undefined);

const showMap = () =>
  map.draw({
    corners: state.corners.length <= mostListed ? state.corners : [],
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

// ---- what the server says ----

const ringOf = (read) => (read.type === 'Point' ? [read.coordinates] : read.type === 'Polygon' ? read.coordinates[0] : []);

const openRing = (ring) => {
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = ring.length > 1 && first[0] === last[0] && first[1] === last[1];
  return isClosed ? ring.slice(0, -1) : ring;
};

// Positions of corners that were typed, once the server has read them.
const placeCorners = ({ read, problem }) => {
  const told = state.corners.filter(({ text }) => text.trim() !== '');
  for (const corner of state.corners) delete corner.fault;
  if (read !== null) {
    const ring = ringOf(read);
    if (ring.length === told.length) for (const [place, corner] of told.entries()) corner.at = latLng(ring[place]);
  } else if (problem !== null) {
    const unread = told[problem.line === null ? 0 : problem.line - 1];
    if (unread !== undefined) Object.assign(unread, { fault: problem.detail, at: undefined });
  }
};

// What was typed or pasted into the field of the whole place.
const takeRead = (read) => {
  if (read === null) return;
  const isSimple = read.type !== 'MultiPolygon' && (read.type === 'Point' || read.coordinates.length === 1);
  const ring = isSimple ? openRing(ringOf(read)) : [];
  state.plots = isSimple && ring.length <= mostListed ? undefined : read;
  const isWalked = state.mode === 'walk' && read.type !== 'Point';
  state.mode = read.type === 'Point' ? 'point' : isWalked ? 'walk' : 'outline';
  state.isClosed = read.type !== 'Point';
  state.corners = state.plots === undefined ? ring.map(([lng, lat]) => cornerAt({ lat, lng })) : [];
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
    if (isFromField) takeRead(report.read);
    else if (state.plots === undefined) placeCorners(report);
  }
  show();
};

const measureSoon = (isFromField) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => measure(isFromField).catch(() => undefined), waitMilliseconds);
};

// ---- what the person does ----

const changed = () => {
  state.report = undefined;
  state.rough = undefined;
  field.value = lines().join('\n');
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

// ---- the page ----

const build = () => {
  const modes = {};
  const chooser = element('fieldset', {}, element('legend', {}, words.mode));
  const choices = element('div', { className: 'ngay' });
  for (const [mode, label] of Object.entries(words.modes)) {
    const made = choice('cach-ve', mode, label, chooseMode);
    modes[mode] = made.input;
    choices.append(made.label);
  }
  chooser.append(choices);
  const frame = element('div', { className: 'song' });
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', words.map);
  frame.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target !== frame) return;
    event.preventDefault();
    addCorner(map.centre());
  });
  const cross = element('div', { className: 'tam' });
  cross.setAttribute('aria-hidden', 'true');
  const status = element('div', { className: 'tin-ve' });
  status.setAttribute('role', 'status');
  const rowOf = (...buttons) => element('div', { className: 'nho-nut' }, ...buttons);
  const move = (text, east, south) => button(text, () => map.moveBy(east, south));
  const made = {
    modes,
    status,
    help: element('p', { className: 'phu' }),
    here: button(words.here, takeHere),
    undo: button(words.undo, () => dropCorner(state.corners.length - 1)),
    clear: button(words.clear, clear),
    back: button(words.back, bringBack),
    close: button(words.close, close),
    offers: rowOf(),
    add: button(words.addCorner, typeCorner),
    list: element('div', { className: 'cac-goc' }, element('h3', {}, words.corners), element('ol')),
  };
  const moves = rowOf(
    move(words.north, 0, -1),
    move(words.south, 0, 1),
    move(words.west, -1, 0),
    move(words.east, 1, 0),
    button(words.fit, () => map.fit()),
  );
  moves.setAttribute('role', 'group');
  moves.setAttribute('aria-label', words.move);
  box.replaceChildren(
    element('h2', {}, words.title),
    chooser,
    made.help,
    element('div', { className: 'khung-ve' }, frame, cross),
    rowOf(button(words.centre, () => addCorner(map.centre())), made.here),
    rowOf(made.close, made.undo, made.clear, made.back),
    status,
    made.offers,
    element('details', { className: 'them' }, element('summary', {}, words.move), moves),
    made.list,
    rowOf(made.add),
  );
  return { parts: made, frame };
};

const open = async () => {
  const { style, script, background, sites, own } = box.dataset;
  await Promise.all([load('link', { rel: 'stylesheet', href: style }), load('script', { src: script })]);
  const built = build();
  parts = built.parts;
  const communeCode = named('communeCode').value;
  map = createMap(built.frame, {
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
  if (!hasBackground && lines().length === 0 && state.plots === undefined) {
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
