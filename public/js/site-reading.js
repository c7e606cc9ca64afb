// From what the server read of a text to corners on the map.
import { mostListed } from './site-corners.js';

// A finger is no better than a decimetre; what was stored keeps its centimetres.
const tapDecimals = 6;
const storedDecimals = 7;

const pairText = ({ lat, lng }, decimals) => `${Number(lat.toFixed(decimals))}, ${Number(lng.toFixed(decimals))}`;

/** A corner at { lat, lng } as it stands in the field. */
export const cornerAt = (at, decimals = tapDecimals) => ({ text: pairText(at, decimals), at: [at.lat, at.lng] });

/** From GeoJSON's order to Leaflet's. */
export const latLng = ([lng, lat]) => [lat, lng];

const ringOf = (read) => (read.type === 'Point' ? [read.coordinates] : read.type === 'Polygon' ? read.coordinates[0] : []);

const openRing = (ring) => {
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = ring.length > 1 && first[0] === last[0] && first[1] === last[1];
  return isClosed ? ring.slice(0, -1) : ring;
};

/** Positions of corners that were typed, once the server has read them. */
export const placeCorners = (state, { read, problem }) => {
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

/** What was typed or pasted into the field of the whole place becomes what is drawn. */
export const takeRead = (state, read) => {
  if (read === null) return;
  const isSimple = read.type !== 'MultiPolygon' && (read.type === 'Point' || read.coordinates.length === 1);
  const ring = isSimple ? openRing(ringOf(read)) : [];
  state.plots = isSimple && ring.length <= mostListed ? undefined : read;
  const isWalked = state.mode === 'walk' && read.type !== 'Point';
  state.mode = read.type === 'Point' ? 'point' : isWalked ? 'walk' : 'outline';
  state.isClosed = read.type !== 'Point';
  state.corners = state.plots === undefined ? ring.map(([lng, lat]) => cornerAt({ lat, lng }, storedDecimals)) : [];
};
