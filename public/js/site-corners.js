// The corners as texts under the map: each can be read, changed and removed without any pointing.
import { button, element, fill } from './site-elements.js';

/** More are changed in the field of the whole place. */
export const mostListed = 60;

const row = (words, place, corner, { isOnly, onEdit, onRemove }) => {
  const n = place + 1;
  const id = `goc-${n}`;
  const input = element('input', { id, type: 'text', value: corner.text, maxLength: 80, autocomplete: 'off' });
  input.addEventListener('change', () => onEdit(place, input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    // The ordinary save would send what the map does not know yet.
    event.preventDefault();
    onEdit(place, input.value);
  });
  const label = element('label', { htmlFor: id }, isOnly ? words.point : fill(words.corner, { n }));
  const children = [label];
  if (corner.fault !== undefined) {
    children.push(element('p', { className: 'loi', id: `${id}-loi` }, corner.fault));
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${id}-loi`);
  }
  const field = element('div', { className: `muc${corner.fault === undefined ? '' : ' sai'}` }, ...children);
  field.append(element('div', { className: 'o' }, input));
  const remove = button(words.removeShort, () => onRemove(place));
  remove.setAttribute('aria-label', fill(words.remove, { n }));
  return element('li', {}, field, remove);
};

/** Draws the list anew and keeps the focus where it was. */
export const drawCorners = (box, words, corners, isPoint, handlers) => {
  const focused = box.contains(document.activeElement) ? document.activeElement.id : '';
  const isListed = corners.length <= mostListed;
  const rows = isListed
    ? corners.map((corner, place) => row(words, place, corner, { ...handlers, isOnly: isPoint }))
    : [element('li', {}, fill(words.manyCorners, { n: corners.length }))];
  box.querySelector('ol').replaceChildren(...rows);
  if (focused !== '') document.getElementById(focused)?.focus();
};
