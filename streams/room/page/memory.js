// The last snapshot on this machine, so that a page without a server shows what was, read-only.
//
// It is kept in IndexedDB without the CSRF word, and thrown away when the session ends.

const STORE = "snapshots";
const EVERY_MS = 15_000;
const last = { at: 0 };

const opened = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("siaga", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const inStore = async (mode, act) => {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const asked = act(database.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  } finally {
    database.close();
  }
};

/** Keep what `make()` gives, at most once in 15 seconds. */
export const saveSnapshot = (make) => {
  if (Date.now() - last.at < EVERY_MS) return;
  last.at = Date.now();
  // A private window may have no store: then there is nothing to show later, and that is all.
  const made = make();
  const kept = { ...made, session: { ...made.session, csrf: "" } };
  inStore("readwrite", (store) => store.put(kept, "last")).catch(() => {});
};

/** What was kept last; null: nothing, it cannot be read, or its session is over. */
export const lastSnapshot = async () => {
  try {
    const kept = await inStore("readonly", (store) => store.get("last"));
    return kept && kept.session.expires_ms > Date.now() ? kept : null;
  } catch {
    return null;
  }
};

/** Forget it. */
export const forgetSnapshot = async () => {
  last.at = 0;
  await inStore("readwrite", (store) => store.delete("last")).catch(() => {});
};
