// What the map of a site says: how much is drawn, how large it is, or what is wrong with it.
import { fill } from './site-elements.js';

/** Texts of the corners that say something. */
export const lines = ({ corners }) => corners.map(({ text }) => text.trim()).filter((text) => text !== '');

const saidOfCorners = (state, words) => {
  const count = lines(state).length;
  if (state.plots !== undefined) return '';
  if (count === 0) return words.nothing;
  if (state.mode === 'point') return words.onePoint;
  return count < 3 ? fill(count === 1 ? words.oneCorner : words.fewCorners, { n: count }) : words.measuring;
};

const cornerCount = (state) => {
  if (state.plots === undefined) return lines(state).length;
  return state.plots.coordinates.flat(state.plots.type === 'Polygon' ? 1 : 2).length;
};

/** The server's report of what is drawn now; undefined while it is away. */
export const reportOf = ({ report }) => (report === 'offline' ? undefined : report);

/** Whether something is wrong that is worth saying: of an outline of one or two corners nothing is. */
export const isWrong = (state) => {
  const isWorthSaying = state.plots !== undefined || state.mode === 'point' || lines(state).length > 2;
  return isWorthSaying && (reportOf(state)?.problem ?? null) !== null;
};

export const statusLines = (state, words) => {
  if (state.report === 'offline') return [words.offline];
  const report = reportOf(state);
  if (isWrong(state)) return [report.problem.detail];
  if (report === undefined || report.area === '') return [saidOfCorners(state, words)];
  const isDone = state.isClosed && state.plots === undefined;
  const n = cornerCount(state);
  const notes = [...(isDone ? [words.closedNote] : []), ...(state.plots === undefined ? [] : [fill(words.manyCorners, { n })])];
  return [fill(words.area, { area: report.area, n }), ...notes];
};
