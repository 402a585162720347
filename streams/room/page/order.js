// The order of the queue: groups, filters, roll-up and the frozen order. Pure; tested by itself.
//
// Who must act first stands first: a deadline was missed, then severity, then age; the headings of
// the groups are that sort key. In a flood (ISA-18.2: more than 10 in 10 minutes) alike alerts of
// medium and low severity become one line; critical and high ones never do.

import { msOf } from "./time.js";

export const FLOOD_OVER = 10;
const ROLL_FROM = 3;
const SOON_MS = 60_000;
const STARTS = { critical: 2, high: 1, medium: 0, low: 0 };

/** Greater is worse. */
export const RANK = { critical: 3, high: 2, medium: 1, low: 0 };

/** Groups in their order. */
export const GROUPS = [
  "breached",
  "running",
  "returned",
  "acknowledged",
  "shelved",
  "inhibited",
  "resolved",
];

const levelIndex = (row) => row.levels.findIndex((level) => level.code === row.level);

/** Whether a deadline has passed without an act. */
export const isBreached = (row, now) => {
  if (row.state !== "unacknowledged") return false;
  if (row.due_at && msOf(row.due_at) <= now) return true;
  return row.climbed ?? levelIndex(row) > STARTS[row.severity];
};

/** The group in which a row stands. */
export const groupOf = (row, now) => {
  if (row.state !== "unacknowledged") return row.state;
  return isBreached(row, now) ? "breached" : "running";
};

/**
 * The moment that a row counts to (`due`, `act`, `shelved`), or from where it climbs no further
 * (`top`: since its level was told; `age`: since it opened, as that is not known).
 */
export const targetOf = (row) => {
  if (row.state === "acknowledged") {
    return row.act_by_at ? { kind: "act", at: row.act_by_at } : { kind: "none", at: null };
  }
  if (row.state === "shelved") return { kind: "shelved", at: row.shelved_until };
  if (row.state !== "unacknowledged") return { kind: "none", at: null };
  if (row.due_at) return { kind: "due", at: row.due_at };
  // It climbs no further by itself: what counts now is for how long nobody has acted.
  if (row.severity === "low") return { kind: "none", at: null };
  return row.level_at ? { kind: "top", at: row.level_at } : { kind: "age", at: row.opened_at };
};

/** Whether less than a minute is left. */
export const isSoon = (row, now) => {
  const { kind, at } = targetOf(row);
  if (kind !== "due" && kind !== "act") return false;
  const left = msOf(at) - now;
  return left > 0 && left <= SOON_MS;
};

/** The level that is told next; undefined at the top. */
export const nextLevel = (row) => row.levels[levelIndex(row) + 1];

/** How many steps of the ladder have been told. */
export const stepsTold = (row) => levelIndex(row) + 1;

const compare = (one, other) =>
  RANK[other.severity] - RANK[one.severity] ||
  msOf(one.opened_at) - msOf(other.opened_at) ||
  (one.id < other.id ? -1 : 1);

/** Whether `code` lies in `area`; nothing is in everything. */
export const isWithin = (code, area) =>
  !area || code === area || code.startsWith(`${area}.`) || code.startsWith(`${area}-`);

const isState = (row, state, now, user) => {
  if (state === "all") return true;
  if (state === "open") return row.state !== "resolved" && row.state !== "inhibited";
  if (state === "mine") return row.acknowledged_by === user && row.state !== "resolved";
  if (state === "breached") return isBreached(row, now);
  return row.state === state;
};

const wordsOf = (row, placeOf) =>
  [
    row.rule,
    row.place,
    row.id,
    row.level,
    placeOf(row.place),
    row.title.id,
    row.title.en,
    row.why.id,
    row.why.en,
    row.scope?.code ?? "",
  ]
    .join(" ")
    .toLowerCase();

/** Whether a row passes the filters. Each word of `text` must be found somewhere in it. */
export const passes = (row, filters, { now, user, placeOf }) => {
  if (filters.severity && row.severity !== filters.severity) return false;
  if (filters.level && row.level !== filters.level) return false;
  if (filters.rule && row.rule !== filters.rule) return false;
  if (!isWithin(row.place, filters.area)) return false;
  if (!isState(row, filters.state, now, user)) return false;
  if (!filters.text) return true;
  const words = wordsOf(row, placeOf);
  const sought = filters.text.toLowerCase().split(/\s+/);
  return sought.every((word) => words.includes(word));
};

/** The groups that have rows, each sorted: `[{group, rows}]`. */
export const grouped = (rows, now) => {
  const found = new Map(GROUPS.map((group) => [group, []]));
  for (const row of rows) found.get(groupOf(row, now))?.push(row);
  return [...found]
    .filter(([, inside]) => inside.length)
    .map(([group, inside]) => ({ group, rows: inside.sort(compare) }));
};

const likeness = (row) => [row.rule, row.severity, row.ladder, row.place.slice(0, 8)].join("|");
const canRoll = (row) => RANK[row.severity] <= RANK.medium;

/** Put alike rows under the first of them: `[{row, alike: [row…]}]`, in its place. */
export const rolled = (rows, isFlood, opened = new Set()) => {
  const lines = [];
  const firsts = new Map();
  for (const row of rows) {
    const key = likeness(row);
    const first = isFlood && canRoll(row) ? firsts.get(key) : undefined;
    if (first) first.alike.push(row);
    else {
      const line = { row, alike: [], key };
      lines.push(line);
      if (canRoll(row)) firsts.set(key, line);
    }
  }
  return lines.flatMap((line) => unrolled(line, opened));
};

const unrolled = (line, opened) => {
  const isRoll = line.alike.length + 1 >= ROLL_FROM && !opened.has(line.key);
  if (isRoll) return [line];
  return [{ ...line, alike: [] }, ...line.alike.map((row) => ({ row, alike: [], key: line.key }))];
};

/**
 * The lines of the queue: headings and rows, `{kind: "head", group, count}` and
 * `{kind: "row", group, row, alike}`.
 */
export const linesOf = (rows, now, { isFlood = false, opened } = {}) =>
  grouped(rows, now).flatMap(({ group, rows: inside }) => [
    { kind: "head", group, count: inside.length },
    ...rolled(inside, isFlood, opened).map((line) => ({
      kind: "row",
      group,
      isBreached: group === "breached",
      ...line,
    })),
  ]);

/** What a frozen queue remembers: the places of its lines. */
export const freeze = (lines) =>
  lines.map(({ kind, group, row, alike, count, key }) => ({
    kind,
    group,
    count,
    key,
    id: row?.id,
    alike: alike?.map((each) => each.id) ?? [],
  }));

/**
 * The lines in their frozen places with today's rows; what has left stays as it was last seen in
 * `lastSeen`, and what is new waits: `{lines, waiting}`.
 */
export const frozenLines = (frozen, rows, lastSeen, now) => {
  const known = new Set(frozen.flatMap(({ id, alike }) => (id ? [id, ...alike] : [])));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rowOf = (id) => byId.get(id) ?? lastSeen.get(id);
  const lines = frozen.map(({ kind, group, count, id, alike, key }) => {
    if (kind === "head") return { kind, group, count };
    const row = rowOf(id);
    const line = { kind, group, key, row, alike: alike.map(rowOf).filter(Boolean) };
    return { ...line, isBreached: Boolean(row) && isBreached(row, now) };
  });
  const shown = lines.filter((line) => line.kind === "head" || line.row);
  return { lines: shown, waiting: rows.filter((row) => !known.has(row.id)).length };
};

/** The numbers of the strip. */
export const countsOf = (rows, now) => {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, breached: 0, waiting: 0, soon: 0 };
  for (const row of rows) {
    if (row.state === "resolved" || row.state === "inhibited") continue;
    counts[row.severity] += 1;
    if (row.state !== "unacknowledged") continue;
    counts.waiting += 1;
    if (isBreached(row, now)) counts.breached += 1;
    const left = row.due_at ? msOf(row.due_at) - now : Infinity;
    if (left > 0 && left <= 5 * SOON_MS) counts.soon += 1;
  }
  return counts;
};

/** The next moment after `now` at which a row may change its group by itself; Infinity: none. */
export const nextTurn = (rows, now) => {
  let next = Infinity;
  for (const row of rows) {
    if (row.state !== "unacknowledged" || !row.due_at) continue;
    const due = msOf(row.due_at);
    if (due > now && due < next) next = due;
  }
  return next;
};

/**
 * The part of the lines that is seen, with some around it: `{first, last, above, below}`, the last
 * two being the heights in px of what is not drawn. `heights` is one number a line.
 */
export const windowOf = (heights, { top, tall, around = 600 }) => {
  let [first, above] = [0, 0];
  while (first < heights.length && above + heights[first] < top - around) {
    above += heights[first];
    first += 1;
  }
  let [last, drawn] = [first, above];
  while (last < heights.length && drawn < top + tall + around) {
    drawn += heights[last];
    last += 1;
  }
  let below = 0;
  for (let index = last; index < heights.length; index += 1) below += heights[index];
  return { first, last, above, below };
};

/** The severity that must be heard: the worst of those that nobody has acknowledged. */
export const toHear = (rows) => {
  let worst = null;
  for (const row of rows) {
    if (row.state !== "unacknowledged") continue;
    if (worst === null || RANK[row.severity] > RANK[worst]) worst = row.severity;
  }
  return worst;
};
