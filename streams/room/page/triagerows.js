// What stands on the triage desk and which report is open there. A report that is decided while
// somebody reads it stays in its place, and says so, until he goes on himself.

import { areCategoriesKnown, severities } from "./categories.js";
import { said } from "./said.js";
import {
  alikeOf,
  arranged,
  groupsOf,
  isMeant,
  isWaiting,
  steppedTo,
  wholeDesk,
} from "./sorting.js";
import { nameOf, names, onLogout, placeOf, say, triage } from "./store.js";
import { computed, effect, signal } from "./ui.js";

/** Groups that are drawn at first, and more by each step. */
const STEP = 100;

const chosen = signal("");
/** The open report as it was seen last: it may have left the desk meanwhile. */
const held = signal(null);
const drawn = signal(STEP);

/** To what the desk is narrowed, and its order: as `wholeDesk`. */
export const narrowing = signal(wholeDesk);

/** The row of the report that is open; null: none is. */
export const openRow = computed(() => triage.value.get(chosen.value) ?? held.value);

/** Reports that wait for somebody. */
export const waiting = computed(() => [...triage.value.values()].filter(isWaiting));

/** Whether nothing can be decided of it any more at this desk, as it stands now. */
export const isOver = ({ report: { id } }) => {
  const row = triage.value.get(id);
  return !row || !isWaiting(row);
};

/** In the list, where every line lies in one kabupaten, a place goes up to its kecamatan only. */
export const placeIn = (row) => {
  const { area } = row.report;
  return nameOf(area) === area ? say(row.place) : area.length > 5 ? placeOf(area) : nameOf(area);
};

const wordsOf = (row) => {
  const { id, category, area, evidence } = row.report;
  const texts = [row.category, row.place, row.waits_because].flatMap(({ id, en }) => [id, en]);
  const text = said.value.get(id)?.text ?? "";
  return [id, category, area, evidence.id, placeIn(row), text, ...texts].join(" ");
};

const meant = computed(() => {
  names.value; // A name that is learnt may be what is sought.
  const found = waiting.value.filter((row) => isMeant(row, narrowing.value, wordsOf));
  const row = openRow.value;
  return row && !found.includes(row) ? [...found, row] : found;
});

const groups = computed(() =>
  groupsOf(arranged(meant.value, narrowing.value.order, severities.value)),
);

/** Groups of alike reports that are drawn, in their order. */
export const shown = computed(() => groups.value.slice(0, drawn.value));

const idsOf = (some) =>
  some.flatMap(({ first, others }) => [first, ...others].map((row) => row.report.id));

/** Ids of the reports that are drawn. */
export const shownIds = computed(() => idsOf(shown.value));

/** How many are on the desk but not drawn yet. */
export const undrawn = computed(() => meant.value.length - shownIds.value.length);

/** How many waiting ones the desk is narrowed to. */
export const meantCount = computed(() => meant.value.filter((row) => !isOver(row)).length);

/** Those that can be decided together with the open one. */
export const alike = computed(() => (openRow.value ? alikeOf(openRow.value, groups.value) : []));

/** Open a report. */
export const choose = (id) => {
  chosen.value = id;
  held.value = triage.value.get(id) ?? null;
};

/** Draw more of the list. */
export const drawMore = () => {
  drawn.value += STEP;
};

/** Go on by 1 or back by -1. */
export const step = (by) => {
  const row = openRow.value;
  const next = steppedTo(idsOf(groups.value), row?.report.id ?? "", by, row ? isOver(row) : false);
  choose(next);
  while (next && !shownIds.value.includes(next) && undrawn.value > 0) drawMore();
};

/** Narrow the desk otherwise; what is open stays open only if it is still meant. */
export const narrow = (change) => {
  narrowing.value = { ...narrowing.value, ...change };
  drawn.value = STEP;
  const row = openRow.value;
  if (row && (isOver(row) || !isMeant(row, narrowing.value, wordsOf))) choose("");
};

/** Open the first report where none is open. */
export const openFirst = () => {
  // Before it is known how grave they are, the order is not yet the one that is meant.
  if (!openRow.value && areCategoriesKnown.value) choose(shownIds.value[0] ?? "");
};

effect(() => {
  const row = triage.value.get(chosen.value);
  if (row) held.value = row;
});

onLogout(() => {
  chosen.value = "";
  held.value = null;
  drawn.value = STEP;
  narrowing.value = wholeDesk;
});
