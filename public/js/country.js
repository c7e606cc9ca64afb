// Offers a map that moves in the place of the drawing: Leaflet over the project's own outlines. The drawing, its links and the list below work
// without it, and stay where anything fails.
import { button, element, load } from './site-elements.js';

const box = document.getElementById('ban-do');
const fills = ['#f4f7f3', '#c6d2ea', '#93a9d6', '#5b78b8', '#27407f'];

const styleOf = ({ properties: { tint, code } }) => ({
  color: code === box.dataset.commune ? '#1b2b57' : '#7a857f',
  weight: code === box.dataset.commune ? 3 : 1,
  fillColor: fills[tint],
  fillOpacity: box.dataset.tiles === '' ? 1 : 0.7,
});

const told = ({ properties: { name, words } }) => element('span', {}, element('b', {}, name), words);

/** A part that can be reached by keys: it tells its numbers on focus (Leaflet opens tooltips then) and opens with Enter. */
const makeReachable = (layer) => {
  const { href, name, words } = layer.feature.properties;
  const open = () => window.location.assign(href);
  layer.bindTooltip(told(layer.feature), { sticky: true, className: 'ten' });
  layer.on('click', open);
  const path = layer.getElement();
  if (!path) return;
  path.setAttribute('tabindex', '0');
  path.setAttribute('role', 'link');
  path.setAttribute('aria-label', `${name}. ${words}`);
  path.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') open();
  });
};

const addTiles = (map) => {
  const { tiles, attribution } = box.dataset;
  if (tiles === '') return;
  // Many hosts of tiles want to know which site asks; they learn no more than that.
  L.tileLayer(tiles, { maxZoom: 19, referrerPolicy: 'strict-origin' }).addTo(map);
  if (attribution !== '') L.control.attribution({ prefix: false }).addAttribution(element('span', {}, attribution).innerHTML).addTo(map);
};

const nameArchipelagos = (map, archipelagos) => {
  for (const { name, at } of archipelagos) {
    const label = L.tooltip({ permanent: true, direction: 'center', className: 'dao', interactive: false });
    label.setLatLng(at).setContent(element('span', {}, name)).addTo(map);
  }
};

const draw = (places) => {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const frame = element('div', { className: 'song' });
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', box.dataset.label);
  box.prepend(frame);
  const map = L.map(frame, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    inertia: !isCalm,
  });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  addTiles(map);
  const layer = L.geoJSON(places, { style: styleOf });
  map.fitBounds(layer.getBounds(), { padding: [12, 12], animate: false });
  layer.addTo(map).eachLayer(makeReachable);
  nameArchipelagos(map, places.archipelagos);
  box.querySelector('svg.nuoc').remove();
  frame.focus();
};

const open = async () => {
  const { style, script, geo } = box.dataset;
  const answer = await fetch(geo);
  if (!answer.ok) throw new Error('no places');
  const [places] = await Promise.all([
    answer.json(),
    load('link', { rel: 'stylesheet', href: style }),
    load('script', { src: script }),
  ]);
  draw(places);
};

if (box !== null) {
  const caption = box.querySelector('figcaption');
  const opener = button(box.dataset.open, async () => {
    opener.disabled = true;
    try {
      await open();
      opener.remove();
    } catch {
      opener.disabled = false;
      opener.textContent = box.dataset.failed;
    }
  });
  caption.before(opener);
}
