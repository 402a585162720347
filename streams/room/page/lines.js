// The lines of the queue as signals: filtered, grouped, rolled up; frozen while rows are ticked.

import { ONE_ONLY } from "./acts.js";
import { pendingOf } from "./commands.js";
import { areas, filters, current, alerts, names, noFilters, placeOf } from "./state.js";
import { selected, session, snapshotAt } from "./state.js";
import { freeze, frozenLines, inPlaceOf, linesOf, passes, reordered } from "./order.js";
import { isFlood, orderedAt } from "./summary.js";
import { computed, effect, signal, untracked } from "./ui.js";

const UNREAD_MS = 700;

/** Keys of roll-ups that somebody has opened. */
export const unrolled = signal(new Set());

/** The places of the lines while something is ticked; null: they follow the order. */
const frozen = signal(null);
const lastSeen = new Map();

const before = { rows: [] };

/**
 * Why there are no lines, as a key of words. Where nothing of a person's area is in sight, an empty
 * queue does not mean that all is calm.
 */
export const whyEmpty = computed(() => {
  if (!snapshotAt.value) return "queue.loading";
  if (!alerts.value.size && !areas.value.size) return "queue.empty.unwatched";
  const isNarrowed = JSON.stringify(filters.value) !== JSON.stringify(noFilters);
  return isNarrowed ? "queue.empty.narrowed" : "queue.empty";
});

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

/** What is shown: `{lines, waiting, critical}`; the latter count rows that a frozen queue holds. */
export const shown = computed(() => {
  if (!frozen.value) return { lines: ordered.value, waiting: 0, critical: 0 };
  return frozenLines(frozen.value, inOrder.value, lastSeen, orderedAt.value);
});

/** The ids of a line: of its row, and of those that are rolled up under it. */
export const idsOf = (line) => [line.row.id, ...line.alike.map((each) => each.id)];

const rowLines = computed(() => shown.value.lines.filter((line) => line.kind === "row"));

/** Ids of all rows of a group that are shown. */
export const idsOfGroup = (group) =>
  rowLines.value.filter((line) => line.group === group).flatMap(idsOf);

/** How many ticked rows no line shows, since the filters leave them out. */
export const hiddenTicks = computed(() => {
  const seen = new Set(rowLines.value.flatMap(idsOf));
  return [...selected.value].filter((id) => !seen.has(id)).length;
});

/** Ids of the rows that are shown, in their order. */
export const shownIds = computed(() => rowLines.value.map((line) => line.row.id));

/** Freeze when the first row is ticked, thaw when none is. */
const startFreezing = () => {
  effect(() => {
    const isHeld = selected.value.size > 0;
    untracked(() => {
      if (isHeld && !frozen.value) hold();
      if (!isHeld && frozen.value) frozen.value = null;
    });
  });
  // Who filters or opens a roll-up changes the lines himself: frozen ones follow him.
  effect(() => {
    filters.value;
    unrolled.value;
    untracked(() => frozen.value && refreeze());
  });
};

const hold = () => {
  lastSeen.clear();
  for (const row of inOrder.value) lastSeen.set(row.id, row);
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

/** Where one stands in the list: `at` is the current row, or who stands in its place. */
const trail = { at: "", lines: [], movedAt: -Infinity };

/**
 * The current row leaves its group: by one's own act the next one in its place is current. By
 * somebody else's it stays the current one wherever it is now, since a key that is on its way is
 * meant for it; `j` goes on from where it was all the same.
 */
const follow = () => {
  const lines = rowLines.value.map(({ row, group }) => ({ id: row.id, group }));
  const next = inPlaceOf(trail.lines, lines, trail.at);
  if (next !== trail.at && trail.at === current.value) {
    if (pendingOf(current.value)) {
      current.value = next;
      trail.movedAt = performance.now();
    } else if (!lines.some(({ id }) => id === current.value)) current.value = "";
  }
  Object.assign(trail, { at: next, lines });
};

const startFollowing = () => {
  effect(() => {
    if (current.value) trail.at = current.value;
  });
  effect(() => {
    rowLines.value;
    untracked(follow);
  });
};

/** Whether the current row became it by itself just now: who presses again has not read it yet. */
export const isNewlyCurrent = () => performance.now() - trail.movedAt < UNREAD_MS;

/** Go to the next row or the one before, from where one stands. */
export const step = (by) => {
  const ids = shownIds.value;
  const place = ids.indexOf(trail.at);
  // Who stands in the place of a row that left is the next one already.
  const isGone = trail.at !== current.value && by > 0;
  const next = place < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, isGone ? place : place + by));
  current.value = ids[next] ?? "";
};

const meantIds = computed(() => {
  if (selected.value.size) return [...selected.value];
  const line = rowLines.value.find(({ row }) => row.id === current.value);
  return line ? idsOf(line) : [];
});

/**
 * What an act is about: the ticked rows, else the current one with those rolled up under it; of
 * what each needs its own, the current one alone.
 */
export const meant = (kind = "") => {
  const isOne = ONE_ONLY.includes(kind) && !selected.value.size;
  return isOne ? meantIds.value.slice(0, 1) : meantIds.value;
};

/** Begin to freeze and to follow the current row. Called once. */
export const startLines = () => {
  startFreezing();
  startFollowing();
};

/** Open a roll-up. */
export const unroll = (key) => {
  unrolled.value = new Set([...unrolled.value, key]);
};
