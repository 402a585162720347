// Figures of the panels beside the picture, without words and without a page. Pure.

import { minutesSince, msOf } from "./time.js";

/** A Polsek is short where more are asked for than are free. */
export const isShort = (polsek) => polsek.needed > polsek.free;

/**
 * Shares of a bar: `{heard, missing, bound, escorting, needed}` of those on duty, or of those asked
 * for where they are more; so the tick stays on the bar. Heard and missing are free together.
 */
export const sharesOf = ({ free, missing, bound, escorting, needed }) => {
  const all = Math.max(1, free + bound + escorting, needed);
  const parts = { heard: free - missing, missing, bound, escorting, needed };
  return Object.fromEntries(Object.entries(parts).map(([part, count]) => [part, count / all]));
};

/**
 * A box in numbers: `{minutes, limit, isLate, isAlone}`; `limit` null: no rule says how long it may
 * take. Late is what is past its moment, not what has more minutes: the limit bends with the
 * posture.
 */
export const boxNumbers = (box, at) => ({
  minutes: minutesSince(msOf(box.left_at), at),
  limit: box.limit_minutes === null ? null : Math.round(box.limit_minutes),
  isLate: box.due_at !== null && msOf(box.due_at) < at,
  isAlone: box.escorts === 0,
});

/** What waits at the desk, by why it waits: `[[text, count], …]`, the most first. */
export const waitingBy = (rows) => {
  const groups = new Map();
  for (const { report, waits_because: because } of rows) {
    if (report.status !== "open") continue;
    const found = groups.get(because.id) ?? [because, 0];
    groups.set(because.id, [because, found[1] + 1]);
  }
  return [...groups.values()].sort(([, one], [, other]) => other - one);
};
