// What the page knows: signals, and how a snapshot and a delta change them. It decides nothing.
//
// Components take these from `store.js`. A table is another one whenever a row in it is, so whoever
// reads it is rendered then; rows are never changed, and are those of `streams/room/documents.py`.

import { keyOf, othersIn, pictureOf, shownOf } from "./elections.js";
import { greet } from "./i18n.js";
import { belongTo } from "./prefs.js";
import { tableOf } from "./tables.js";
import { zoneOfCode } from "./time.js";
import { batch, computed, signal } from "./ui.js";

const kept = (name, otherwise) => globalThis.localStorage?.getItem(`siaga.${name}`) ?? otherwise;

/** Keep a choice for this machine, whoever sits at it; a person's own are in `prefs.js`. */
export const keep = (name, value) => globalThis.localStorage?.setItem(`siaga.${name}`, value);

const isDarkLiked = () => globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches;
const askedTheme = new URLSearchParams(globalThis.location?.search ?? "").get("theme");

export const session = signal(null); // Session; null: nobody is logged in; undefined is not used.
export const isPartial = signal(false); // Shown is what was kept: not what few roles may see.
export const snapshotAt = signal(null); // When the last snapshot or delta came, Date.now().
export const alerts = signal(tableOf()); // id → AlertRow
export const triage = signal(tableOf()); // report's id → TriageRow
export const letters = signal(tableOf()); // number → LetterRow
export const areaRows = signal(tableOf()); // key → AreaPicture, of every election
export const tpsRows = signal(tableOf()); // key → TpsPicture, of every election
export const election = signal(""); // whose picture somebody has chosen; "": nobody has
export const names = signal({}); // code → name, of every area that was told
export const zoom = signal(""); // kabupaten whose TPS are shown
export const openedLately = signal(0); // opened in the last ten minutes of `now`
export const clock = signal(null); // Clock, with `came`: performance.now() when it came
export const link = signal("live"); // live | stale | offline; nothing before the first clock
export const linkWhy = signal(""); // heard | moved | still | silent | kafka | cut | "": why not
export const theme = signal(askedTheme ?? kept("theme", isDarkLiked() ? "dark" : "light"));
export const pending = signal(new Map()); // command's id → {kind, alert, state, reason}
export const now = signal(Date.now()); // the day's `now`, renewed once a second
export const hereMs = signal(Date.now()); // this machine's clock, which goes on whatever comes
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

const electionsText = computed(() => JSON.stringify(othersIn(areaRows.value)));

/** Elections besides the first; a text between keeps the list from being new with each picture. */
export const elections = computed(() => JSON.parse(electionsText.value));

/** The one whose picture is shown; "": the first. */
export const electionShown = computed(() =>
  shownOf(election.value, areaRows.value, elections.value),
);

/** The picture that is shown: code → AreaPicture, code → TpsPicture. */
export const areas = computed(() => pictureOf(areaRows.value, electionShown.value));
export const tps = computed(() => pictureOf(tpsRows.value, electionShown.value));

/** Areas of the day itself, whatever somebody looks at: what is summed up and printed. */
export const areasOfDay = computed(() =>
  pictureOf(areaRows.value, shownOf("", areaRows.value, elections.value)),
);

/** Which part of what is shown is a drill: `none`, `some` or `all`. */
export const drillKind = computed(() => {
  let [drills, count] = [0, 0];
  for (const rows of [alerts.value, areaRows.value]) {
    count += rows.size;
    for (const row of rows.values()) drills += row.drill ? 1 : 0;
  }
  if (!drills) return "none";
  return drills === count ? "all" : "some";
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
  areas: [areaRows, keyOf],
  tps: [tpsRows, keyOf],
};

/** Pictures come each second, names hardly ever: who shows a name is not rendered by a picture. */
const learnNames = (rows, told = {}) => {
  const found = rows.filter(({ code, name }) => name && names.peek()[code] !== name);
  const isNew = Object.entries(told).some(([code, name]) => names.peek()[code] !== name);
  if (!found.length && !isNew) return;
  const learnt = Object.fromEntries(found.map(({ code, name }) => [code, name]));
  names.value = { ...names.peek(), ...told, ...learnt };
};

const ladders = new Map();

/** Thousands of rows have a few ladders: one of each is kept, the others are rubbish at once. */
const shareLevels = (rows = []) => {
  for (const row of rows) {
    let key = row.ladder;
    for (const { code, name } of row.levels ?? []) key += `|${code}|${name.id}|${name.en}`;
    if (ladders.has(key)) row.levels = ladders.get(key);
    else ladders.set(key, row.levels);
  }
};

const leaving = new Set([
  () => {
    for (const [kindSignal] of Object.values(byKind)) kindSignal.value = tableOf();
    names.value = {};
    zoom.value = election.value = current.value = linkWhy.value = "";
    openedLately.value = 0;
    clock.value = snapshotAt.value = dialog.value = null;
    isPartial.value = false;
    link.value = "live";
    pending.value = new Map();
    selected.value = new Set();
    filters.value = noFilters;
  },
]);

/**
 * Do this whenever a person's session has ended, or another person's begins: what the one saw,
 * chose and typed is not for the next. Gives how to stop.
 */
export const onLogout = (callback) => {
  leaving.add(callback);
  return () => leaving.delete(callback);
};

/** Let somebody in (`Session`), or nobody (null). The only place where `session` is set. */
export const enter = (given) =>
  batch(() => {
    const before = session.peek()?.user ?? "";
    const user = given?.user ?? "";
    if (before && before !== user) for (const callback of leaving) callback();
    session.value = given;
    if (before === user) return;
    belongTo(user);
    greet(given?.language);
  });

/** The session of who is in here lasts until then, as the server says. */
export const renew = ({ user, expires_ms }) => {
  const own = session.peek();
  if (own?.user !== user || own.expires_ms === expires_ms) return;
  session.value = { ...own, expires_ms };
};

/** Whether a page of this version is of another than the room that says whose session it is. */
export const isOfOther = (version, told) =>
  Boolean(version && told?.version && version !== told.version);

const versionHere =
  globalThis.document?.querySelector?.("meta[name=siaga-version]")?.getAttribute("content") ?? "";

/** Whether the room has become another since this page was loaded. */
export const isOutdated = computed(() => isOfOther(versionHere, session.value));

/** Take a `Clock` that came at `came` (performance.now()); one that was kept knows when, here. */
export const takeClock = (told, came = performance.now()) => {
  if (told) clock.value = { here_ms: Date.now(), ...told, came };
};

/** Begin anew from a `Snapshot`. */
export const takeSnapshot = (snapshot) =>
  batch(() => {
    if (snapshot.session) enter(snapshot.session);
    shareLevels(snapshot.alerts);
    for (const [kind, [kindSignal, keyOfRow]] of Object.entries(byKind)) {
      kindSignal.value = tableOf(snapshot[kind], keyOfRow);
    }
    learnNames(snapshot.areas ?? [], snapshot.names);
    zoom.value = snapshot.zoom ?? "";
    openedLately.value = snapshot.opened_lately ?? 0;
    isPartial.value = snapshot.is_partial ?? false;
    takeClock(snapshot.clock);
    snapshotAt.value = Date.now();
  });

/** Apply a `Delta`; replies are left to `commands.js`. */
export const takeDelta = (delta) =>
  batch(() => {
    shareLevels(delta.alerts?.put);
    for (const [kind, [kindSignal, keyOfRow]] of Object.entries(byKind)) {
      const change = delta[kind];
      if (change?.put?.length || change?.gone?.length) {
        kindSignal.value = kindSignal.value.changed(keyOfRow, change);
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
  areas: [...areaRows.value.values()],
  tps: [...tpsRows.value.values()],
  zoom: zoom.value,
  names: names.value,
  opened_lately: openedLately.value,
  clock: clock.value,
});

const stillText = computed(() => JSON.stringify(clock.value?.still ?? []));

/** Kabupaten that stand still while others go on: code → since when, the longest first. */
export const still = computed(() => new Map(JSON.parse(stillText.value)));

/** Those of them that an area has in it, or lies in: `[[code, since when]]`. */
export const stillIn = (code) =>
  [...still.value].filter(
    ([each]) => each === code || each.startsWith(`${code}.`) || code.startsWith(`${each}.`),
  );

/** Whether the day's `now` is known: before the first picture nothing can be counted down. */
export const hasNow = computed(() => Boolean(clock.value?.now_ms));

/** The page's idea of `now` of the day: it runs on while clocks come, else it stands. */
export const nowMs = () => {
  const told = clock.value;
  if (!told?.now_ms) return Date.now();
  if (link.value !== "live") return told.now_ms;
  return told.now_ms + Math.min(2_000, Math.max(0, performance.now() - told.came));
};

/** Who has taken an alert, if it is in his hands still: a role, or null. */
export const takerOf = (row) => (row.state === "acknowledged" ? row.taken_by : null);

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
    // A town and its kecamatan often bear one name: said twice it would say less.
    const isWider = kecamatan && kecamatan[1] !== desa;
    return isWider ? `${place} ${desa} · ${kecamatan[1]}` : `${place} ${desa}`;
  }
  return up.length > 2 ? `${up[0][1]} · ${up[1][1]}` : up[0][1];
};
