// Moves the bar while a run is read back, and shows how far the file of a printing is, with a button that stops it. Without it the page comes
// again by itself, and the browser fetches the file.
const signs = { page: '/Type /Page\n', label: '^XZ', line: '\r\n' };

const readOn = async () => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => undefined);
    if (answer === undefined || !answer.ok) continue;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [bar, now] = [page, document].map((one) => one.querySelector('[data-test=label-run-state] progress'));
    if (bar === null || now === null) {
      location.reload();
      return;
    }
    now.value = bar.value;
    document.querySelector('[role=status]').textContent = page.querySelector('[role=status]').textContent;
  }
};

const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

/** Reads the file to its end; `told` hears how many of the signs have come. */
const readAll = async (answer, told) => {
  const [total, kind] = (answer.headers.get('label-progress') ?? '0 page').split(' ');
  const text = new TextDecoder('latin1');
  const pieces = [];
  let [done, rest] = [0, ''];
  const reader = answer.body.getReader();
  for (;;) {
    const { done: isOver, value } = await reader.read();
    if (isOver) return new Blob(pieces, { type: answer.headers.get('content-type') });
    pieces.push(value);
    const parts = (rest + text.decode(value, { stream: true })).split(signs[kind]);
    done += parts.length - 1;
    rest = parts.at(-1).slice(-signs[kind].length);
    told(Math.min(done, Number(total)), Number(total));
  }
};

const save = (blob, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** A bar, its words and the button that stops it, under the form. */
const showBar = (form, words, stop) => {
  const box = document.createElement('div');
  const [status, bar, button] = ['p', 'progress', 'button'].map((name) => document.createElement(name));
  status.setAttribute('role', 'status');
  Object.assign(button, { type: 'button', className: 'btn', textContent: words.stop, onclick: stop });
  box.append(status, bar, button);
  form.after(box);
  return {
    told: (done, total) => {
      Object.assign(bar, { max: total, value: done });
      status.textContent = fill(words.making, { done, total });
    },
    end: (text) => {
      status.textContent = text;
      bar.remove();
      button.remove();
    },
  };
};

/** A UUIDv7: the moment in milliseconds, the rest at random. */
const newId = () => {
  const time = Date.now().toString(16).padStart(12, '0');
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(16).padStart(2, '0'));
  const random = bytes.join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
};

const nameOf = (answer) => /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'tem';

const makeFile = async (form, words) => {
  const stop = new AbortController();
  const { signal } = stop;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: 'POST', body, signal, headers: { accept: 'text/html' } });
  // Something is to be mended: the page says what, with what was typed.
  if (!answer.headers.has('label-progress')) {
    form.submit();
    return;
  }
  const bar = showBar(form, words, () => stop.abort());
  try {
    save(await readAll(answer, bar.told), nameOf(answer));
    bar.end(words.made);
    // The next press is another printing; one that was stopped is the same again.
    form.elements.id.value = newId();
  } catch {
    bar.end(signal.aborted ? words.stopped : words.broken);
  }
};

if (document.querySelector('[data-test=label-run-state] progress') !== null) void readOn();
for (const form of document.querySelectorAll('form[data-making]')) {
  form.addEventListener('submit', (event) => {
    if (event.submitter?.formMethod === 'get') return;
    event.preventDefault();
    makeFile(form, JSON.parse(form.dataset.making)).catch(() => form.submit());
  });
}
