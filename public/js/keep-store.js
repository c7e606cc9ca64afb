// Entries that could not be sent, on this phone: IndexedDB keeps their fields and photos through reloads and restarts.
const name = 'bai-ghi';

const open = () =>
  new Promise((resolve, reject) => {
    const asked = window.indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(name, { keyPath: 'id' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

// Settled when the write is done for good, not when it was asked for.
const inStore = async (mode, ask) => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const work = database.transaction(name, mode, { durability: 'strict' });
      const asked = ask(work.objectStore(name));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = () => reject(work.error);
      work.onabort = () => reject(work.error);
    });
  } finally {
    database.close();
  }
};

export const keep = (entry) => inStore('readwrite', (store) => store.put(entry));
export const drop = (id) => inStore('readwrite', (store) => store.delete(id));

/** Oldest first; none where the browser keeps nothing. */
export const keptEntries = async () => {
  try {
    const found = await inStore('readonly', (store) => store.getAll());
    return found.sort((one, other) => one.keptAt - other.keptAt);
  } catch {
    return [];
  }
};

/** Asks the browser not to clear what is kept when room gets short. It may say no. */
export const askToStay = () => window.navigator.storage?.persist?.().catch(() => false);
