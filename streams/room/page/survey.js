// What is counted over all alerts, in one walk: ten thousand rows are walked with each delta. Pure.

import { RANK, isBreached } from "./order.js";
import { msOf } from "./time.js";

const SOON_MS = 5 * 60_000;

/**
 * Counts of open alerts by severity, `open` in all, `waiting` for somebody, `breached`, `mine`; the
 * `worst` severity that must be heard; the `newest` critical alert that nobody has taken; and the
 * `dues` of those that wait, in milliseconds. `at` is the moment by which deadlines are judged.
 */
export const surveyOf = (rows, at, user = "") => {
  const found = { critical: 0, high: 0, medium: 0, low: 0, open: 0, waiting: 0, breached: 0 };
  Object.assign(found, { mine: 0, worst: null, newest: null, dues: [] });
  for (const row of rows) {
    if (row.state === "resolved" || row.state === "inhibited") continue;
    found[row.severity] += 1;
    found.open += 1;
    if (user && row.acknowledged_by === user) found.mine += 1;
    if (row.state === "unacknowledged") countWaiting(found, row, at);
  }
  return found;
};

const countWaiting = (found, row, at) => {
  found.waiting += 1;
  if (isBreached(row, at)) found.breached += 1;
  if (row.due_at) found.dues.push(msOf(row.due_at));
  if (found.worst === null || RANK[row.severity] > RANK[found.worst]) found.worst = row.severity;
  if (row.severity !== "critical") return;
  if (!found.newest || msOf(row.opened_at) > msOf(found.newest.opened_at)) found.newest = row;
};

/** How many of these moments come within five minutes of `now`. */
export const soonOf = (dues, now) => {
  let count = 0;
  for (const due of dues) if (due > now && due <= now + SOON_MS) count += 1;
  return count;
};

/** The next of these moments after `now`, at which a row changes its group; Infinity: none. */
export const nextOf = (dues, now) => {
  let next = Infinity;
  for (const due of dues) if (due > now && due < next) next = due;
  return next;
};
