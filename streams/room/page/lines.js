// The lines of the queue as signals: filtered, grouped, rolled up; frozen while rows are ticked.

import { filters, current, alerts, names, placeOf, selected, session } from "./state.js";
import { freeze, frozenLines, linesOf, passes, reordered } from "./order.js";
import { isFlood, orderedAt } from "./summary.js";
import { computed, effect, signal, untracked } from "./ui.js";

/** Keys of roll-ups that somebody has opened. */
export const unrolled = signal(new Set());

/** The places of the lines while something is ticked; null: they follow the order. */
const frozen = signal(null);
const lastSeen = new Map();

const before = { rows: [] };

/** All rows, sorted by severity, age and id. */
export const inOrder = computed(() => {
  before.rows = reordered(before.rows, alerts.value);
  return before.rows;
});

/** The rows that pass the filters, in that order. */
export const rows = computed(() => {
  if (filters.value.text) names.value; // A name that is learnt may be what is sought.
  const around = { now: orderedAt.value, user: session.value?.user, placeOf: untrackedPlace };
  return inOrder.value.filter((row) => passes(row, filters.value, around));
});

const untrackedPlace = (code) => untracked(() => placeOf(code));

const ordered = computed(() =>
  linesOf(rows.value, orderedAt.value, {
    isFlood: isFlood.value,
    opened: unrolled.value,
    isSorted: true,
  }),
);

/** What is shown: `{lines, waiting}`; `waiting` are rows that a frozen queue holds back. */
export const shown = computed(() => {
  if (!frozen.value) return { lines: ordered.value, waiting: 0 };
  return frozenLines(frozen.value, rows.value, lastSeen, orderedAt.value);
});

/** Ids of the rows that are shown, in their order. */
export const shownIds = computed(() =>
  shown.value.lines.filter((line) => line.kind === "row").map((line) => line.row.id),
);

/** Freeze when the first row is ticked, thaw when none is. Called once. */
export const startFreezing = () =>
  effect(() => {
    const isHeld = selected.value.size > 0;
    untracked(() => {
      if (isHeld && !frozen.value) hold();
      if (!isHeld && frozen.value) frozen.value = null;
    });
  });

const hold = () => {
  lastSeen.clear();
  for (const row of rows.value) lastSeen.set(row.id, row);
  frozen.value = freeze(ordered.value);
};

/** Untick all: the queue moves again. */
export const thaw = () => {
  selected.value = new Set();
};

/** Take what waits into the frozen queue, and keep what is ticked. */
export const refreeze = () => {
  frozen.value = null;
  hold();
};

/** The row that keys act upon: the current one, else the first. */
export const step = (by) => {
  const ids = shownIds.value;
  const place = ids.indexOf(current.value);
  const next = place < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, place + by));
  current.value = ids[next] ?? "";
};

const meantIds = computed(() => {
  if (selected.value.size) return [...selected.value];
  if (!current.value) return [];
  const line = shown.value.lines.find(({ row }) => row?.id === current.value);
  return line ? [line.row.id, ...line.alike.map((each) => each.id)] : [];
});

/** What an act is about: the ticked rows, else the current one with those rolled up under it. */
export const meant = () => meantIds.value;

/** Open a roll-up. */
export const unroll = (key) => {
  unrolled.value = new Set([...unrolled.value, key]);
};
