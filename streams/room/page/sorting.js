// The triage desk: which reports stand there, in which order, and which of them are alike. Pure.

import { RANK } from "./order.js";
import { msOf } from "./time.js";

const UNDECIDED = ["open", "placed"];

/** In which order the desk can be worked off; the first is how it begins. */
export const ORDERS = ["gravest", "oldest", "newest"];

/** A desk that is narrowed to nothing. */
export const wholeDesk = Object.freeze({ order: ORDERS[0], category: "", why: "", text: "" });

/** Whether a report still waits for a person. */
export const isWaiting = ({ report }) => UNDECIDED.includes(report.status);

const byAge = ({ report: one }, { report: other }) =>
  msOf(one.received_at) - msOf(other.received_at) || (one.id < other.id ? -1 : 1);

/** What was decided, the newest first. */
export const decidedOf = (rows) =>
  rows
    .filter((row) => !isWaiting(row))
    .toSorted((one, other) => msOf(other.report.at) - msOf(one.report.at));

/**
 * How grave what a report tells would be; undefined: nobody knows. `severities` is that of each
 * category; where that of the report is not sure, the worst counts that it may be.
 */
export const severityOf = ({ report }, severities) => {
  const codes = report.category ? [report.category] : report.suggestions;
  return codes
    .map((code) => severities.get(code))
    .filter(Boolean)
    .toSorted((one, other) => RANK[other] - RANK[one])[0];
};

/** Whether what is decided of a report may hang on a life: it is grave, or nobody knows. */
export const isUrgent = (row, severities, chosen = "") => {
  const known = [severities.get(chosen), severityOf(row, severities)].filter(Boolean);
  return !known.length || known.includes("critical");
};

/** Rows in one of `ORDERS`; among equally grave ones the oldest comes first. */
export const arranged = (rows, order, severities = new Map()) => {
  if (order === "newest") return rows.toSorted((one, other) => byAge(other, one));
  if (order === "oldest") return rows.toSorted(byAge);
  const ranks = new Map(rows.map((row) => [row, RANK[severityOf(row, severities)] ?? -1]));
  return rows.toSorted((one, other) => ranks.get(other) - ranks.get(one) || byAge(one, other));
};

/** Whether a row is one of those to which the desk is narrowed; `wordsOf(row)` are searched. */
export const isMeant = (row, { category, why, text }, wordsOf) => {
  if (category && row.report.category !== (category === "-" ? "" : category)) return false;
  if (why && row.waits_because.id !== why) return false;
  if (!text.trim()) return true;
  const words = wordsOf(row).toLowerCase();
  const sought = text.trim().toLowerCase().split(/\s+/);
  return sought.every((word) => words.includes(word));
};

/** What of the rows can be chosen among: `[value, row, count]`, the most frequent first. */
export const choicesOf = (rows, valueOf) => {
  const found = new Map();
  for (const row of rows) {
    const [, first = row, count = 0] = found.get(valueOf(row)) ?? [];
    found.set(valueOf(row), [valueOf(row), first, count + 1]);
  }
  return [...found.values()].toSorted(([, , one], [, , other]) => other - one);
};

/** Without a category nothing tells that two reports are about the same. */
const likeness = ({ report }) =>
  report.category
    ? [report.area, report.category, ...report.restricted_to.toSorted()].join("|")
    : report.id;

/**
 * Rows as groups of alike ones (one area, one category, for the same few), each in the place of its
 * first: `{first, others}`, the others by age.
 */
export const groupsOf = (rows) => {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(likeness(row));
    if (group) group.others.push(row);
    else groups.set(likeness(row), { first: row, others: [] });
  }
  for (const { others } of groups.values()) others.sort(byAge);
  return [...groups.values()];
};

/** Others of a row's group that still wait: what can be decided together with it. */
export const alikeOf = (row, groups) => {
  const group = groups.find(({ first, others }) => first === row || others.includes(row));
  if (!group) return [];
  return [group.first, ...group.others].filter((one) => one !== row && isWaiting(one));
};

/**
 * The id to go to from `id`, by 1 or -1. At an end one stays, unless what is left is over: then the
 * way is back, and `""` where nothing is left.
 */
export const steppedTo = (order, id, by, isOver = false) => {
  const at = order.indexOf(id);
  if (at < 0) return order[0] ?? "";
  return order[at + by] ?? (isOver ? (order[at - by] ?? "") : id);
};

/** The body of `place_report`: a TPS by its code, a desa by its. */
export const placing = (id, code, category = "") => ({
  report: id,
  ...(code.includes("-") ? { tps: code } : { area: code }),
  ...(category && { category }),
});

/** The candidate that a digit stands for: `1` the likeliest; undefined: there is none. */
export const candidateOf = (row, digit) => row.candidates[Number(digit) - 1];
