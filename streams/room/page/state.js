// What the page knows: signals, and how a snapshot and a delta change them. It decides nothing.
//
// Components take these from `store.js`. Maps are replaced, never changed in place, so whoever reads
// one is rendered when it changes; the rows in it are those of `streams/room/documents.py`.

import { batch, computed, signal } from "./ui.js";
import { zoneOfCode } from "./time.js";

const kept = (name, otherwise) => globalThis.localStorage?.getItem(`siaga.${name}`) ?? otherwise;

/** Keep a choice of this person on this machine. */
export const keep = (name, value) => globalThis.localStorage?.setItem(`siaga.${name}`, value);

const isDarkLiked = () => globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches;
const askedTheme = new URLSearchParams(globalThis.location?.search ?? "").get("theme");

export const session = signal(null); // Session; null: nobody is logged in; undefined is not used.
export const snapshotAt = signal(null); // When the last snapshot or delta came, Date.now().
export const alerts = signal(new Map()); // id → AlertRow
export const triage = signal(new Map()); // report's id → TriageRow
export const letters = signal(new Map()); // number → LetterRow
export const areas = signal(new Map()); // code → AreaPicture
export const tps = signal(new Map()); // code → TpsPicture
export const names = signal({}); // code → name, of every area that was told
export const zoom = signal(""); // kabupaten whose TPS are shown
export const openedLately = signal(0); // opened in the last ten minutes of `now`
export const clock = signal(null); // Clock, with `came`: performance.now() when it came
export const link = signal("live"); // live | stale | offline; nothing before the first clock
export const linkWhy = signal(""); // heard | silent | kafka | cut | "": why it is not live
export const theme = signal(askedTheme ?? kept("theme", isDarkLiked() ? "dark" : "light"));
export const pending = signal(new Map()); // command's id → {kind, alert, state, reason}
export const now = signal(Date.now()); // the day's `now`, renewed once a second
export const current = signal(""); // alert whose row is open in place
export const selected = signal(new Set()); // ids of ticked rows
export const noFilters = Object.freeze({
  text: "",
  severity: "",
  level: "",
  rule: "",
  state: "open",
  area: "",
});
export const filters = signal(noFilters);
export const dialog = signal(null); // name of an open dialog of the page's core: keys | views

/** Which part of what is shown is a drill: `none`, `some` or `all`. */
export const drillKind = computed(() => {
  const marks = [...alerts.value.values(), ...areas.value.values()].map((row) => row.drill);
  if (!marks.some(Boolean)) return "none";
  return marks.every(Boolean) ? "all" : "some";
});

/** Whether everything that is shown is a drill. */
export const drill = computed(() => drillKind.value === "all");

/** The zone in which the page tells the clocks: of what is shown. */
export const zone = computed(() => {
  const code = zoom.value || session.value?.area || areas.value.keys().next().value;
  return code ? zoneOfCode(code) : "WIB";
});

const byKind = {
  alerts: [alerts, (row) => row.id],
  triage: [triage, (row) => row.report.id],
  letters: [letters, (row) => row.number],
  areas: [areas, (row) => row.key ?? row.code],
  tps: [tps, (row) => row.key ?? row.code],
};

/** Pictures come each second, names hardly ever: who shows a name is not rendered by a picture. */
const learnNames = (rows, told = {}) => {
  const found = rows.filter(({ code, name }) => name && names.peek()[code] !== name);
  const isNew = Object.entries(told).some(([code, name]) => names.peek()[code] !== name);
  if (!found.length && !isNew) return;
  const learnt = Object.fromEntries(found.map(({ code, name }) => [code, name]));
  names.value = { ...names.peek(), ...told, ...learnt };
};

const mapped = (rows, keyOf) => new Map(rows.map((row) => [keyOf(row), row]));

/** Take a `Clock` that came at `came` (performance.now()). */
export const takeClock = (told, came = performance.now()) => {
  if (told) clock.value = { ...told, came, here_ms: Date.now() };
};

/** Begin anew from a `Snapshot`. */
export const takeSnapshot = (snapshot) =>
  batch(() => {
    if (snapshot.session) session.value = snapshot.session;
    for (const [kind, [kindSignal, keyOf]] of Object.entries(byKind)) {
      kindSignal.value = mapped(snapshot[kind] ?? [], keyOf);
    }
    learnNames(snapshot.areas ?? [], snapshot.names);
    zoom.value = snapshot.zoom ?? "";
    openedLately.value = snapshot.opened_lately ?? 0;
    takeClock(snapshot.clock);
    snapshotAt.value = Date.now();
  });

const changed = (rows, keyOf, { put = [], gone = [] }) => {
  const next = new Map(rows);
  for (const key of gone) next.delete(key);
  for (const row of put) next.set(keyOf(row), row);
  return next;
};

/** Apply a `Delta`; replies are left to `commands.js`. */
export const takeDelta = (delta) =>
  batch(() => {
    for (const [kind, [kindSignal, keyOf]] of Object.entries(byKind)) {
      const change = delta[kind];
      if (change?.put?.length || change?.gone?.length) {
        kindSignal.value = changed(kindSignal.value, keyOf, change);
      }
    }
    learnNames(delta.areas?.put ?? []);
    openedLately.value = delta.opened_lately ?? 0;
    takeClock(delta.clock);
    snapshotAt.value = Date.now();
  });

/** What a page needs to begin without a server: the same shape as a `Snapshot`. */
export const snapshotNow = () => ({
  session: session.value,
  alerts: [...alerts.value.values()],
  triage: [...triage.value.values()],
  letters: [...letters.value.values()],
  areas: [...areas.value.values()],
  tps: [...tps.value.values()],
  zoom: zoom.value,
  names: names.value,
  opened_lately: openedLately.value,
  clock: clock.value,
});

/** Whether the day's `now` is known: before the first picture nothing can be counted down. */
export const hasNow = computed(() => Boolean(clock.value?.now_ms));

/** The page's idea of `now` of the day: it runs on while clocks come, else it stands. */
export const nowMs = () => {
  const told = clock.value;
  if (!told?.now_ms) return Date.now();
  if (link.value !== "live") return told.now_ms;
  return told.now_ms + Math.min(2_000, Math.max(0, performance.now() - told.came));
};

/** The name of a code, as far as it is known here; else the code. */
export const nameOf = (code) => {
  if (code.includes("-")) return `TPS ${code.slice(-3)}`;
  return names.value[code] ?? code;
};

/** Codes from a place up to its kecamatan, the narrowest first. */
export const codesUp = (code) => {
  const desa = code.split("-")[0];
  const wider = [desa.slice(0, 13), desa.slice(0, 8), desa.slice(0, 5)];
  return [...new Set([code, ...wider])].filter((each) => each.length <= code.length);
};

/** `TPS 003 Suka Rami · Bermani Ulu`: a place in words, without its kabupaten if it is within. */
export const placeOf = (code) => {
  const up = codesUp(code).map((each) => [each, nameOf(each)]);
  if (code.includes("-")) {
    const [[, place], [, desa], kecamatan] = up;
    return kecamatan ? `${place} ${desa} · ${kecamatan[1]}` : `${place} ${desa}`;
  }
  return up.length > 2 ? `${up[0][1]} · ${up[1][1]}` : up[0][1];
};
