// Fills "what buyers will see" while the officer types. The page works without it.
const form = document.querySelector('form[data-preview]');
const output = form === null ? null : form.querySelector('output');

const shown = (field) => {
  const value = field.value.trim();
  if (value === '') return '…';
  return field.type === 'date' ? value.split('-').reverse().join('/') : value;
};

const fill = () => {
  output.textContent = form.dataset.preview.replace(/\{(\w+)\}/g, (gap, name) => {
    const field = form.elements.namedItem(name);
    return field === null ? gap : shown(field);
  });
};

if (output !== null) {
  form.addEventListener('input', fill);
  fill();
}
