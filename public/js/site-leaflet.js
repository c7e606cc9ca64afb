// The moving part of the map of a site: Leaflet over the project's own outlines, without tiles and without any other server.
import { element } from './site-elements.js';

const ink = '#27407F';
const warning = '#A11B1B';
const wholeCountry = [
  [8.3, 102.1],
  [23.4, 110],
];
const namesFromZoom = 11;

const grid = () => {
  const Grid = L.GridLayer.extend({ createTile: () => element('div', { className: 'o-luoi' }) });
  return new Grid();
};

const collection = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) return [];
  return (await answer.json()).features;
};

const numbered = (at, text, isWrong = false) =>
  L.marker(at, {
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ className: `goc${isWrong ? ' sai-cho' : ''}`, html: element('span', {}, text), iconSize: [26, 26] }),
  });

/** Communes behind everything, their names from near enough; the box of the one with this code, or of all. */
const drawCommunes = (map, communes, code) => {
  const layer = L.geoJSON(communes, { interactive: false, style: { color: '#7A857F', weight: 1, fill: false } }).addTo(map);
  const names = L.layerGroup();
  let own;
  layer.eachLayer((one) => {
    const { name, code: itsCode } = one.feature.properties;
    if (itsCode === code) own = one.getBounds();
    const label = L.tooltip({ permanent: true, direction: 'center', className: 'xa', interactive: false });
    names.addLayer(label.setLatLng(one.getBounds().getCenter()).setContent(element('span', {}, name)));
  });
  const showNames = () => (map.getZoom() >= namesFromZoom ? names.addTo(map) : names.remove());
  map.on('zoomend', showNames);
  showNames();
  return own ?? layer.getBounds();
};

const drawNeighbours = (map, sites, own) => {
  const others = sites.filter(({ id }) => id !== own);
  const style = { color: '#4E5A66', weight: 1.5, dashArray: '4 4', fillOpacity: 0.08, interactive: false };
  const layer = L.geoJSON(others, {
    style,
    interactive: false,
    pointToLayer: (_feature, at) => L.circleMarker(at, { ...style, radius: 6 }),
  }).addTo(map);
  return layer.getBounds();
};

/** Makes the map in `frame`. `onTap` gets { lat, lng }; `draw` shows corners, plots of a longer outline and where something is wrong. */
export const createMap = (frame, { words, communeCode, backgroundUrl, sitesUrl, own, onTap }) => {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(frame, {
    attributionControl: false,
    zoomControl: false,
    doubleClickZoom: false,
    // The page moves the map by keys: at once, so that a corner is where the cross is seen.
    keyboard: false,
    zoomSnap: 0.5,
    maxZoom: 20,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    inertia: !isCalm,
  });
  map.fitBounds(wholeCountry, { animate: false });
  grid().addTo(map);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.on('click', ({ latlng }) => onTap(latlng));
  const drawn = L.featureGroup().addTo(map);
  const show = (bounds, maxZoom = 18) => map.fitBounds(bounds, { padding: [32, 32], maxZoom, animate: false });
  // Where to look while nothing is drawn.
  let home;

  const draw = ({ corners, isClosed, plots, problemAt }) => {
    drawn.clearLayers();
    const places = corners.map(({ at }) => at).filter((at) => at !== undefined);
    const line = { color: ink, weight: 3, interactive: false };
    if (plots !== undefined) L.geoJSON(plots, { style: { ...line, fillOpacity: 0.2 }, interactive: false }).addTo(drawn);
    else if (isClosed) L.polygon(places, { ...line, fillOpacity: 0.2 }).addTo(drawn);
    else if (places.length > 1) {
      L.polyline(places, line).addTo(drawn);
      if (places.length > 2) L.polyline([places.at(-1), places[0]], { ...line, weight: 2, dashArray: '6 6' }).addTo(drawn);
    }
    for (const [place, { at }] of corners.entries())
      if (at !== undefined) numbered(at, corners.length > 1 ? String(place + 1) : '').addTo(drawn);
    if (problemAt !== undefined) {
      L.circleMarker(problemAt, { color: warning, radius: 14, weight: 3, fill: false, interactive: false }).addTo(drawn);
      numbered(problemAt, '×', true).addTo(drawn);
    }
  };

  const fit = () => {
    const bounds = drawn.getBounds();
    if (bounds.isValid()) show(bounds);
    else if (home !== undefined) show(home, 15);
  };

  /** Draws what lies behind; true when there is a map of the province. Without signal the grid stays. */
  const drawBehind = async () => {
    const [communes, sites] = await Promise.all([backgroundUrl, sitesUrl].map((url) => collection(url).catch(() => [])));
    const around = communes.length > 0 ? drawCommunes(map, communes, communeCode) : undefined;
    const near = drawNeighbours(map, sites, own);
    home = near.isValid() ? near : around;
    if (!drawn.getBounds().isValid()) fit();
    return communes.length > 0;
  };

  const moveBy = (east, south) => map.panBy([east * 100, south * 100], { animate: false });
  const zoomBy = (levels) => map.setZoom(map.getZoom() + levels, { animate: false });
  const lookAt = (at) => map.setView(at, Math.max(map.getZoom(), 17), { animate: false });
  return { draw, drawBehind, fit, lookAt, moveBy, zoomBy, centre: () => map.getCenter() };
};
