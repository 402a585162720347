// The order of the triage desk, and what one key does to a report. Pure.

import { msOf } from "./time.js";

const UNDECIDED = ["open", "placed"];

/** Whether a report still waits for a person. */
export const isWaiting = ({ report }) => UNDECIDED.includes(report.status);

/** Reports that wait, the oldest first; decided ones are left out. */
export const waitingOf = (rows) =>
  rows.filter(isWaiting).toSorted((one, other) => byAge(one.report, other.report));

const byAge = (one, other) =>
  msOf(one.received_at) - msOf(other.received_at) || (one.id < other.id ? -1 : 1);

/** What was decided, the newest first. */
export const decidedOf = (rows) =>
  rows
    .filter((row) => !isWaiting(row))
    .toSorted((one, other) => msOf(other.report.at) - msOf(one.report.at));

/**
 * Waiting reports as groups of alike ones, in the order of the oldest of each: `{first, others}`.
 *
 * Two are alike if one names the other in `similar`, or both are alike to a third.
 */
export const groupsOf = (waiting) => {
  const byId = new Map(waiting.map((row) => [row.report.id, row]));
  const taken = new Set();
  const groups = [];
  for (const first of waiting) {
    if (taken.has(first.report.id)) continue;
    const others = reached(first, byId, taken);
    groups.push({ first, others });
  }
  return groups;
};

const reached = (first, byId, taken) => {
  taken.add(first.report.id);
  const found = [];
  const next = [...first.similar];
  while (next.length) {
    const row = byId.get(next.shift());
    if (!row || taken.has(row.report.id)) continue;
    taken.add(row.report.id);
    found.push(row);
    next.push(...row.similar);
  }
  return found.toSorted((one, other) => byAge(one.report, other.report));
};

/** The body of `place_report`: a TPS by its code, a desa by its. */
export const placing = (id, code, category = "") => ({
  report: id,
  ...(code.includes("-") ? { tps: code } : { area: code }),
  ...(category && { category }),
});

/** The candidate that a digit stands for: `1` the likeliest; undefined: there is none. */
export const candidateOf = (row, digit) => row.candidates[Number(digit) - 1];

/** The report to look at when `id` is gone: the one that took its place, else the last. */
export const nextAfter = (before, waiting, id) => {
  if (waiting.some((row) => row.report.id === id)) return id;
  const place = Math.max(0, before.indexOf(id));
  return (waiting[place] ?? waiting.at(-1))?.report.id ?? "";
};
