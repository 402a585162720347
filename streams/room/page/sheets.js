// What the printed sheets say: the handover of a shift and the situation. Pure.

import { reachedBy, STEPS } from "./expect.js";
import { isBreached } from "./order.js";
import { msOf } from "./time.js";

const MINUTE = 60_000;
const SEVERITIES = ["critical", "high", "medium", "low"];

/** Stages in the order of the day. */
export const STAGES = [
  "not_open",
  "voting",
  "suspended",
  "postponed",
  "closed",
  "counting",
  "counted",
  "box_away",
  "box_in",
];

const rankOf = (row) => SEVERITIES.indexOf(row.severity);
const graver = (one, other) =>
  rankOf(one) - rankOf(other) ||
  msOf(one.opened_at) - msOf(other.opened_at) ||
  (one.id < other.id ? -1 : 1);

/** Alerts that are not over, the gravest first. */
export const openOf = (rows) => rows.filter((row) => row.state !== "resolved").toSorted(graver);

/** How many are open in all, and how many of those another one holds back: the desk hides them. */
export const openCountsOf = (rows) => {
  const open = openOf(rows);
  return {
    count: open.length,
    inhibited: open.filter((row) => row.state === "inhibited").length,
  };
};

/**
 * The moment at which something of an alert falls due: its next level, its act, its shelf; or null.
 */
export const dueOf = (row) => {
  if (row.state === "unacknowledged") return row.due_at;
  if (row.state === "acknowledged") return row.act_by_at;
  return row.state === "shelved" ? row.shelved_until : null;
};

/** What falls due within `minutes`, or is overdue, the earliest first. */
export const dueSoon = (rows, nowMs, minutes) =>
  rows
    .filter((row) => dueOf(row) && msOf(dueOf(row)) <= nowMs + minutes * MINUTE)
    .toSorted((one, other) => msOf(dueOf(one)) - msOf(dueOf(other)));

/**
 * Open alerts as a shift hands them over, each in one section only: `overdue` and `running` nobody
 * has taken, `mine` by who prints, `others`' by whom, `shelved`, and `quiet` those that ended or
 * are held back by another.
 */
export const handoverOf = (rows, me, nowMs) => {
  const sections = { overdue: [], running: [], mine: [], others: [], shelved: [], quiet: [] };
  for (const row of openOf(rows)) sections[sectionOf(row, me, nowMs)].push(row);
  return sections;
};

const sectionOf = (row, me, nowMs) => {
  if (row.state === "unacknowledged") return isBreached(row, nowMs) ? "overdue" : "running";
  if (row.state === "acknowledged") return row.acknowledged_by === me ? "mine" : "others";
  return row.state === "shelved" ? "shelved" : "quiet";
};

/** Rows by their kecamatan (a kabupaten's own first), in the order of the codes: `{code, rows}`. */
export const byArea = (rows) => {
  const found = new Map();
  for (const row of rows) {
    const code = row.place.slice(0, 8);
    found.set(code, [...(found.get(code) ?? []), row]);
  }
  return [...found]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, its]) => ({ code, rows: its }));
};

/**
 * How many of each severity stand in each state: `{critical: {unacknowledged: 2, …, all: 3}, …}`.
 */
export const countsOf = (rows) => {
  const states = ["unacknowledged", "acknowledged", "returned", "shelved", "inhibited"];
  const empty = () => ({ all: 0, ...Object.fromEntries(states.map((state) => [state, 0])) });
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, empty()]));
  for (const row of rows.filter((one) => one.state !== "resolved")) {
    counts[row.severity][row.state] += 1;
    counts[row.severity].all += 1;
  }
  return counts;
};

/** Of a drill nothing is counted, unless all of the day is one. */
const kabupatenOf = (areas) => {
  const found = [...areas].filter((area) => area.kind === "kabupaten");
  const real = found.filter((area) => !area.drill);
  return real.length ? real : found;
};

const summed = (areas, fieldOf) =>
  areas.reduce((sum, area) => {
    for (const [name, count] of Object.entries(fieldOf(area) ?? {}))
      sum[name] = (sum[name] ?? 0) + count;
    return sum;
  }, {});

/**
 * Stages of all TPS in sight: `{stage, count, reached, expected}`. `count` stand there now,
 * `reached` are there or beyond; that is what `expected` is measured by. Null: no step of the day,
 * or nobody tells it.
 */
export const stagesOf = (areas) => {
  const found = kabupatenOf(areas);
  const counts = summed(found, (area) => area.stages);
  const isTold = found.some((area) => area.expected);
  const expected = summed(found, (area) => area.expected);
  return STAGES.map((stage) => ({
    stage,
    count: counts[stage] ?? 0,
    reached: STEPS.includes(stage) ? reachedBy(counts, stage) : null,
    expected: isTold ? (expected[stage] ?? null) : null,
  }));
};

/** Figures of all kabupaten in sight together. */
export const totalsOf = (areas) => {
  const found = kabupatenOf(areas);
  const sum = (field) => found.reduce((all, area) => all + (area[field] ?? 0), 0);
  return {
    tps: sum("tps"),
    silent: sum("silent"),
    neverHeard: sum("never_heard"),
    raised: sum("raised"),
    triage: sum("triage"),
    boxesAway: sum("boxes_away"),
  };
};

/** Kabupaten and kecamatan whose situation is not hijau, merah first. */
export const tenseOf = (areas) => {
  const grave = ["merah", "kuning"];
  return [...areas]
    .filter((area) => area.kind !== "desa" && grave.includes(area.colour))
    .toSorted(
      (one, other) =>
        grave.indexOf(one.colour) - grave.indexOf(other.colour) || (one.code < other.code ? -1 : 1),
    );
};

/** Polsek with somebody sent out or asked for; the shortest first. */
export const strengthOf = (areas) =>
  kabupatenOf(areas)
    .flatMap((area) => (area.strength ?? []).map((one) => ({ ...one, kabupaten: area.code })))
    .toSorted(
      (one, other) =>
        other.needed - one.needed || one.free - other.free || (one.name < other.name ? -1 : 1),
    );

/** Boxes on their way, the one that is due first at first. */
export const boxesOf = (areas) =>
  kabupatenOf(areas)
    .flatMap((area) => area.boxes ?? [])
    .toSorted((one, other) => (msOf(one.due_at) ?? Infinity) - (msOf(other.due_at) ?? Infinity));
