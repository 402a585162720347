// The last snapshot on this machine, so that a page without a server shows what was, read-only.
//
// It is kept in IndexedDB without the CSRF word, and thrown away when the session ends. Many
// rows are copied in small parts while the browser has nothing else to do, since one copy of all
// would stop the page for a moment every quarter of a minute. The head is written last: what names
// its parts is there only when all of them are.

const STORE = "snapshots";
const EVERY_MS = 15_000;
const PART_ROWS = 250;
const LONGEST_WAIT_MS = 1_000;
const KINDS = ["alerts", "triage", "letters", "areas", "tps"];
const last = { at: 0, turn: 0, isBusy: false };

const opened = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("siaga", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const answered = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

const inStore = async (act) => {
  const database = await opened();
  const ask = (mode, name, ...values) =>
    answered(database.transaction(STORE, mode).objectStore(STORE)[name](...values));
  try {
    return await act({
      get: (key) => ask("readonly", "get", key),
      keys: () => ask("readonly", "getAllKeys"),
      put: (value, key) => ask("readwrite", "put", value, key),
      drop: (key) => ask("readwrite", "delete", key),
      clear: () => ask("readwrite", "clear"),
    });
  } finally {
    database.close();
  }
};

const whenIdle = () =>
  new Promise((done) => {
    if (globalThis.requestIdleCallback) requestIdleCallback(done, { timeout: LONGEST_WAIT_MS });
    else setTimeout(done, 0);
  });

/** A snapshot as a head and parts of few rows: `{head, parts: [[kind, rows], …]}`. Pure. */
export const inParts = (snapshot, most = PART_ROWS) => {
  const head = { ...snapshot, session: { ...snapshot.session, csrf: "" } };
  const parts = [];
  for (const kind of KINDS) {
    const rows = head[kind] ?? [];
    delete head[kind];
    for (let at = 0; at < rows.length; at += most) parts.push([kind, rows.slice(at, at + most)]);
  }
  return { head, parts };
};

/** The snapshot of a head and its parts. Pure. */
export const whole = (head, parts) => {
  const made = { ...head, ...Object.fromEntries(KINDS.map((kind) => [kind, []])) };
  for (const [kind, rows] of parts) made[kind].push(...rows);
  return made;
};

const write = (make, turn) =>
  inStore(async (store) => {
    const { head, parts } = inParts(make());
    const mark = `part.${Date.now()}.`;
    for (const [index, part] of parts.entries()) {
      await whenIdle();
      if (turn !== last.turn) return; // It was to be forgotten meanwhile.
      await store.put(part, `${mark}${index}`);
    }
    await store.put({ head, mark, parts: parts.length }, "head");
    const old = (await store.keys()).filter((key) => key !== "head" && !key.startsWith(mark));
    for (const key of old) await store.drop(key);
  });

/** Keep what `make()` gives, at most once in 15 seconds. */
export const saveSnapshot = async (make) => {
  if (last.isBusy || Date.now() - last.at < EVERY_MS) return;
  Object.assign(last, { at: Date.now(), isBusy: true });
  // A private window may have no store: then there is nothing to show later, and that is all.
  await write(make, last.turn).catch(() => {});
  last.isBusy = false;
};

const read = async (store) => {
  const kept = await store.get("head");
  if (!kept || kept.head.session.expires_ms <= Date.now()) return null;
  const names = Array.from({ length: kept.parts }, (_, index) => `${kept.mark}${index}`);
  const parts = await Promise.all(names.map(store.get));
  return parts.every(Boolean) ? whole(kept.head, parts) : null;
};

/** What was kept last; null: nothing, it cannot be read, or its session is over. */
export const lastSnapshot = () => inStore(read).catch(() => null);

/** Forget it. */
export const forgetSnapshot = async () => {
  Object.assign(last, { at: 0, turn: last.turn + 1 });
  await inStore((store) => store.clear()).catch(() => {});
};
