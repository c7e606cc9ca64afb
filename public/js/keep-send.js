// A filled-in form as an entry, an entry as a request, and what the answer means. The id was made with the form: sent again, an entry is stored once.
const minutes = 60_000;
/** As the server counts: what is older was made offline, and a guard that it breaks marks it instead of refusing it. */
const offlineAfterMinutes = 10;

/** A UUID of version 7, as the server makes them. */
export const newId = () => {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 256 ** (5 - place)) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** What is being sent: fields as texts, photos as blobs, and what the box says about it. */
export const entryOf = (form, by) => {
  const all = [...new window.FormData(form)];
  const isEmptyFile = (value) => typeof value !== 'string' && value.size === 0;
  const tile = form.querySelector('input[name=kind]:checked')?.closest('label') ?? form.querySelector('button small');
  return {
    id: String(form.elements.namedItem('id').value),
    action: form.getAttribute('action'),
    what: tile?.textContent.trim() ?? '',
    where: form.dataset.keep,
    by,
    keptAt: Date.now(),
    fields: all.filter(([, value]) => !isEmptyFile(value)),
  };
};

export const photosOf = ({ fields }) => fields.map(([, value]) => value).filter((value) => typeof value !== 'string');

const post = ({ action, fields }, more = {}) => {
  const body = new window.FormData();
  for (const [field, value] of fields) {
    if (typeof value === 'string') body.append(field, value);
    else body.append(field, value, value.name);
  }
  for (const [field, value] of Object.entries(more)) body.append(field, value);
  // Refusals come as JSON then, in place of a way to the sign-in page.
  return fetch(action, { method: 'POST', body, headers: { Accept: 'application/json' } });
};

const problemOf = async (answer) => {
  try {
    const { title, titleEn } = await answer.json();
    return document.documentElement.lang === 'en' ? titleEn : title;
  } catch {
    return String(answer.status);
  }
};

const meaningOf = async (answer, signIn) => {
  const isSignIn = answer.redirected && new window.URL(answer.url).pathname === signIn;
  if (answer.status === 401 || isSignIn) return { state: 'ended' };
  if (answer.ok) return { state: 'sent', url: answer.url };
  const isForm = (answer.headers.get('content-type') ?? '').startsWith('text/html') && answer.status < 500;
  if (!isForm) return { state: 'refused', why: await problemOf(answer) };
  const page = new window.DOMParser().parseFromString(await answer.text(), 'text/html');
  const why = [...page.querySelectorAll('#form-summary p, #form-summary li')].map((one) => one.textContent.trim()).join(' ');
  return { state: 'refused', why, page };
};

/**
 * Sends an entry. `state`: 'sent' (with `url`, where to go), 'ended' (no session), 'offline', or 'refused' (with `why`, and `page` when the form
 * came back with it).
 */
export const send = async (entry, signIn) => {
  try {
    const answer = await post(entry);
    // The plain form first: if it did arrive the first time, it is the same entry and answered as then.
    const isLate = Date.now() - entry.keptAt > offlineAfterMinutes * minutes;
    if (answer.status !== 409 || !isLate) return await meaningOf(answer, signIn);
    return await meaningOf(await post(entry, { madeAt: new Date(entry.keptAt).toISOString() }), signIn);
  } catch {
    return { state: 'offline' };
  }
};
