// The last snapshot on this machine, so that a page without a server shows what was, read-only.
//
// It is kept in IndexedDB without the CSRF word, dead letters, and what only some roles may see,
// and thrown away when the session ends. The page itself is kept by `sw.js`.
//
// Many rows are copied in small parts while the browser has nothing else to do, since one copy of
// all would stop the page for a moment every quarter of a minute. The head is written last: what
// names its parts is there only when all of them are.

const STORE = "snapshots";
const EVERY_MS = 15_000;
const PART_ROWS = 250;
const LONGEST_WAIT_MS = 1_000;
const KINDS = ["alerts", "triage", "areas", "tps"];
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

const isForAll = (row) => !row.restricted && !row.report?.restricted_to?.length;

/** A snapshot as a head and parts of few rows: `{head, parts: [[kind, rows], …]}`. Pure. */
export const inParts = (snapshot, most = PART_ROWS) => {
  const session = { ...snapshot.session, csrf: "" };
  const head = { ...snapshot, session, letters: [], is_partial: true };
  const parts = [];
  for (const kind of KINDS) {
    const rows = (head[kind] ?? []).filter(isForAll);
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
    if (turn !== last.turn) return;
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

/** What a store has kept; what is of a session that is over goes from it. */
export const read = async (store, nowMs = Date.now()) => {
  const kept = await store.get("head");
  if (!kept) return null;
  if (kept.head.session.expires_ms <= nowMs) {
    await store.clear();
    return null;
  }
  const names = Array.from({ length: kept.parts }, (_, index) => `${kept.mark}${index}`);
  const parts = await Promise.all(names.map(store.get));
  return parts.every(Boolean) ? whole(kept.head, parts) : null;
};

/** What was kept last; null: nothing, it cannot be read, or its session is over. */
export const lastSnapshot = () => inStore((store) => read(store)).catch(() => null);

/**
 * Let the browser keep the page itself too, for when there is no server to load it from. Without
 * TLS, and not on this machine, it has no workers: then the page cannot be loaded, and that is all.
 */
export const keepPage = async () => {
  const failed = (problem = "") =>
    console.warn("This page is not kept for when its server is away.", problem);
  try {
    const worker = (await globalThis.navigator.serviceWorker?.register("/sw.js"))?.installing;
    const told = () => worker.state === "redundant" && failed();
    worker?.addEventListener("statechange", told, { once: true });
  } catch (problem) {
    failed(problem);
  }
};

/** Forget it. */
export const forgetSnapshot = async () => {
  Object.assign(last, { at: 0, turn: last.turn + 1 });
  await inStore((store) => store.clear()).catch(() => {});
};
