// Offers the communes of the province that was chosen, and writes the code of the one whose name is chosen. The form works without it:
// the server made the list for the province it knew, and finds the code by the name.
const list = document.getElementById('communes');
const field = (name) => (list === null ? null : document.getElementById(list.dataset[name]));
const [province, communeName, communeCode] = ['province', 'name', 'code'].map(field);

const option = ({ code, fullName }) => {
  const element = document.createElement('option');
  element.value = fullName;
  element.textContent = code;
  return element;
};

const communesOf = async (code) => {
  const found = [];
  for (let after = ''; after !== null;) {
    const cursor = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const answer = await fetch(`/api/v1/communes?province=${code}&limit=100${cursor}`);
    if (!answer.ok) break;
    const { items, next } = await answer.json();
    found.push(...items);
    after = next;
  }
  return found;
};

const fill = async () => {
  const code = province.value;
  const found = code === '' ? [] : await communesOf(code);
  if (province.value === code) list.replaceChildren(...found.map(option));
};

const writeCode = () => {
  const chosen = [...list.options].find(({ value }) => value === communeName.value.trim());
  if (chosen !== undefined) communeCode.value = chosen.textContent;
};

if (list !== null && province !== null && communeName !== null && communeCode !== null) {
  // A list that could not be fetched is no harm: the name can be typed in full.
  province.addEventListener('change', () => fill().catch(() => undefined));
  communeName.addEventListener('change', writeCode);
  if (province.value !== '' && list.options.length === 0) fill().catch(() => undefined);
}
