// A recorded step is never lost on the way: it is kept on the phone before it is sent, and stays there until the server has it. Every page of a
// signed-in person shows what is kept. The forms work without it; then the browser sends them as always.
import { askToStay, drop, keep, keptEntries } from './keep-store.js';
import { entryOf, newId, photosOf, send } from './keep-send.js';
import { button, element, fill } from './site-elements.js';

const page = document.querySelector('[data-kept]');
const words = page.dataset;
/** Whether the server said that there is no session, on this page or before it. */
let isEnded = words.over === '1';
/** What was last said about an entry, by its id. */
const said = new Map();
let box;

const momentOf = (moment) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' }).format(moment);

const dataUrlOf = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new window.FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

const exportEntry = async ({ id, action, what, where, by, keptAt, fields }) => {
  const written = [];
  for (const [name, value] of fields)
    written.push(typeof value === 'string' ? { name, value } : { name, file: value.name, data: await dataUrlOf(value) });
  const told = { id, action, what, where, by, keptAt: new Date(keptAt).toISOString(), fields: written };
  const url = window.URL.createObjectURL(new window.Blob([JSON.stringify(told, null, 1)], { type: 'application/json' }));
  element('a', { href: url, download: `bai-ghi-${id}.json` }).click();
  window.setTimeout(() => window.URL.revokeObjectURL(url), 60_000);
};

const sendAgain = async (entry) => {
  said.set(entry.id, words.sending);
  await show();
  const answer = await send(entry, words.signIn);
  said.set(entry.id, answer.state === 'offline' ? words.offline : '');
  if (answer.state === 'ended') isEnded = true;
  if (answer.state === 'refused') said.set(entry.id, fill(words.refused, { why: answer.why }));
  if (answer.state === 'sent') {
    await drop(entry.id);
    if ((await keptEntries()).length === 0) {
      location.assign(answer.url);
      return;
    }
  }
  await show();
};

const dropEntry = async ({ id }) => {
  if (!window.confirm(words.sure)) return;
  await drop(id);
  await show();
};

const line = (text) => (text === '' ? '' : element('small', {}, text));

const itemOf = (entry) => {
  const photos = photosOf(entry).length;
  const isOfOther = words.by !== '' && entry.by !== '' && words.by !== entry.by;
  const about = [
    entry.where,
    fill(words.at, { moment: momentOf(entry.keptAt) }),
    photos === 0 ? '' : fill(words.photos, { n: photos }),
    isOfOther ? fill(words.other, { by: entry.by, name: words.by }) : '',
  ];
  const isBusy = said.get(entry.id) === words.sending;
  const item = element('li', {}, element('p', {}, element('b', {}, entry.what), ...about.map(line)));
  item.dataset.test = 'kept-entry';
  if (said.get(entry.id)) item.append(element('p', { className: 'nghe' }, said.get(entry.id)));
  item.append(
    element(
      'div',
      { className: 'hai' },
      button(words.send, () => sendAgain(entry), { className: 'btn p', disabled: isBusy }),
      button(words.export, () => exportEntry(entry)),
      button(words.drop, () => dropEntry(entry), { className: 'btn g', disabled: isBusy }),
    ),
  );
  return item;
};

/** Shows what is kept on top of the page, or nothing. */
const show = async () => {
  const entries = await keptEntries();
  box?.remove();
  if (entries.length === 0) return;
  const title = element('h2', { className: 'dau2 nghe' }, words.title);
  box = element('section', { className: 'the hoi con-lai', tabIndex: -1 }, title);
  box.setAttribute('role', 'status');
  box.dataset.test = 'kept';
  if (isEnded) box.append(element('p', { className: 'gach' }, words.ended));
  box.append(element('ul', { className: 'ke' }, ...entries.map(itemOf)));
  document.querySelector('main').prepend(box);
};

const tell = (text) => {
  const told = element('p', { className: 'tong', tabIndex: -1 }, text);
  told.setAttribute('role', 'alert');
  document.querySelector('main').prepend(told);
  told.focus();
};

/** The form as the server gave it back, with what was typed and what is wrong. */
const showAnswered = async (answered) => {
  document.querySelector('.viec').replaceWith(answered.querySelector('.viec'));
  await show();
  document.getElementById('form-summary')?.focus();
};

const keepFirst = async (entry) => {
  try {
    await keep(entry);
    askToStay();
    return true;
  } catch {
    return false;
  }
};

const sendForm = async (form) => {
  const entry = entryOf(form, words.by);
  const isKept = await keepFirst(entry);
  const answer = await send(entry, words.signIn);
  if (answer.state === 'sent' || answer.page !== undefined) {
    if (isKept) await drop(entry.id);
    if (answer.state === 'sent') location.assign(answer.url);
    else await showAnswered(answer.page);
    return;
  }
  if (answer.state === 'ended') isEnded = true;
  if (!isKept) {
    tell(answer.state === 'refused' ? fill(words.refused, { why: answer.why }) : words.unkept);
    return;
  }
  if (answer.state === 'refused') said.set(entry.id, fill(words.refused, { why: answer.why }));
  form.reset();
  form.elements.namedItem('id').value = newId();
  await show();
  box.scrollIntoView();
  box.focus({ preventScroll: true });
};

const once = async (form, act) => {
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  try {
    await act();
  } finally {
    form.ariaBusy = 'false';
  }
};

const signOut = async (form) => {
  const n = (await keptEntries()).length;
  if (n === 0) form.submit();
  else tell(fill(words.stay, { n }));
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  const isSignOut = form.getAttribute('action') === words.signOut;
  if (form.dataset.keep === undefined && !isSignOut) return;
  event.preventDefault();
  void once(form, () => (isSignOut ? signOut(form) : sendForm(form)));
});

void show();
