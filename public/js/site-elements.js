// Small pieces of pages that the map of a site is made of. Texts are put in as text, never as markup.

/** `element('p', { className: 'phu' }, 'words', child)` */
export const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== ''));
  return made;
};

/** `fill('Góc {n}', { n: 3 })` */
export const fill = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));

export const button = (text, onPress, properties = {}) => {
  const made = element('button', { type: 'button', className: 'btn', ...properties }, text);
  made.addEventListener('click', onPress);
  return made;
};

/** One of several choices as the forms have them; it belongs to no form, so that none sends it. */
export const choice = (name, value, label, onChoose) => {
  const input = element('input', { type: 'radio', name, value });
  input.setAttribute('form', 'none');
  input.addEventListener('change', () => onChoose(value));
  return { input, label: element('label', {}, input, element('span', {}, label)) };
};

/** Loads a script or a style sheet once. */
export const load = (tag, attributes) =>
  new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.addEventListener('load', resolve);
    made.addEventListener('error', () => {
      made.remove();
      reject(new Error('not loaded'));
    });
    document.head.append(made);
  });
