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

const climbs = new WeakMap(); // Rows are never changed, so each has climbed or not for good.

/** Whether a row has climbed above where its severity starts; the server knows better. */
const hasClimbed = (row) => {
  if (typeof row.climbed === "boolean") return row.climbed;
  if (!climbs.has(row)) climbs.set(row, levelIndex(row) > STARTS[row.severity]);
  return climbs.get(row);
};

/** Whether a deadline has passed without an act. */
export const isBreached = (row, now) => {
  if (row.state !== "unacknowledged") return false;
  if (row.due_at && msOf(row.due_at) <= now) return true;
  return hasClimbed(row);
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

/**
 * All rows of a map, sorted as each group is, given those of before in their order.
 *
 * Of ten thousand rows a delta changes some; those that have not changed keep their places, so only
 * the others are sorted, and put between them.
 */
export const reordered = (before, rows) => {
  const kept = before.filter((row) => rows.get(row.id) === row);
  if (kept.length === rows.size) return kept;
  const known = new Set(kept);
  const fresh = [...rows.values()].filter((row) => !known.has(row)).sort(compare);
  const merged = [];
  let next = 0;
  for (const row of kept) {
    while (next < fresh.length && compare(fresh[next], row) < 0) merged.push(fresh[next++]);
    merged.push(row);
  }
  return merged.concat(fresh.slice(next));
};

/** The groups that have rows, each sorted: `[{group, rows}]`. `isSorted`: the rows are. */
export const grouped = (rows, now, isSorted = false) => {
  const found = new Map(GROUPS.map((group) => [group, []]));
  for (const row of rows) found.get(groupOf(row, now))?.push(row);
  return [...found]
    .filter(([, inside]) => inside.length)
    .map(([group, inside]) => ({ group, rows: isSorted ? inside : inside.sort(compare) }));
};

const likenesses = new WeakMap(); // Rows are never changed, so each has one for good.

const likeness = (row) => {
  let found = likenesses.get(row);
  if (!found) {
    found = [row.rule, row.severity, row.ladder, row.place.slice(0, 8)].join("|");
    likenesses.set(row, found);
  }
  return found;
};

const canRoll = (row) => RANK[row.severity] <= RANK.medium;

const lineOf = (group, row, key = "", alike = []) => ({
  kind: "row",
  group,
  isBreached: group === "breached",
  row,
  alike,
  key,
});

/** Put alike rows of a group under the first of them, in its place. */
const rolled = (group, rows, opened) => {
  const lines = [];
  const firsts = new Map();
  for (const row of rows) {
    const key = canRoll(row) ? likeness(row) : "";
    const first = key && firsts.get(key);
    if (first) first.alike.push(row);
    else {
      const line = lineOf(group, row, key);
      lines.push(line);
      if (key) firsts.set(key, line);
    }
  }
  return lines.flatMap((line) => unrolled(line, opened));
};

const unrolled = (line, opened) => {
  const isRoll = line.alike.length + 1 >= ROLL_FROM && !opened.has(line.key);
  if (isRoll || !line.alike.length) return line;
  return [line.row, ...line.alike].map((row) => lineOf(line.group, row, line.key));
};

/**
 * The lines of the queue, headings and rows: `{kind: "head", group, count}` and
 * `{kind: "row", group, isBreached, row, alike, key}`.
 */
export const linesOf = (rows, now, { isFlood = false, opened = new Set(), isSorted } = {}) =>
  grouped(rows, now, isSorted).flatMap(({ group, rows: inside }) => [
    { kind: "head", group, count: inside.length },
    ...(isFlood ? rolled(group, inside, opened) : inside.map((row) => lineOf(group, row))),
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
 * `lastSeen`, where all rows of then are. What is new waits, whatever the filters let pass:
 * `{lines, waiting, critical}`, the latter how many of it are critical.
 */
export const frozenLines = (frozen, rows, lastSeen, now) => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const rowOf = (id) => byId.get(id) ?? lastSeen.get(id);
  const lines = frozen.map(({ kind, group, count, id, alike, key }) => {
    if (kind === "head") return { kind, group, count };
    const row = rowOf(id);
    const line = { kind, group, key, row, alike: alike.map(rowOf).filter(Boolean) };
    return { ...line, isBreached: Boolean(row) && isBreached(row, now) };
  });
  const shown = lines.filter((line) => line.kind === "head" || line.row);
  const fresh = rows.filter((row) => !lastSeen.has(row.id) && isState(row, "open"));
  const critical = fresh.filter(({ severity }) => severity === "critical").length;
  return { lines: shown, waiting: fresh.length, critical };
};

/**
 * Who stands where `id` stood, given the lines of before (`[{id, group}]`) and of now: itself as
 * long as it is in its group, else the next one that has not left either, else the one above; "".
 */
export const inPlaceOf = (before, lines, id) => {
  const groups = new Map(lines.map((line) => [line.id, line.group]));
  const isThere = (line) => groups.get(line.id) === line.group;
  const place = before.findIndex((line) => line.id === id);
  if (place < 0 || isThere(before[place])) return id;
  const next = before.slice(place + 1).find(isThere) ?? before.slice(0, place).findLast(isThere);
  return next?.id ?? "";
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
