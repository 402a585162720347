// How borders become a map on a panel: which drawing to ask for, its place on the panel, where the
// arrows lead, and which label has room. Pure.
//
// A mark is never left out for want of room, a name may be: the marks of all areas are given their
// places first, then names and numbers take what is left, in big areas before small ones.

import { codeAt } from "./levels.js";
import { arrange, beside } from "./tiles.js";

const PAD = 10;
const GAP = 1;
const LETTER = 6.2; // Width of a letter of a name, rather too much than too little.
const FIGURE = 6.4; // And of a number.
const LINE = 16;
const MARK = 21;
const OVER = 4; // So far a label may lie over its border, for it has a ground of its own.
const ROUND = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
];
const STEPS = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];

/**
 * What to ask the server for: `{level, area}`.
 *
 * Kabupaten of one province are drawn larger by themselves than among all others.
 */
export const askedFor = ({ level, code, areas }) => {
  if (code || level !== "kabupaten") return { level, area: code };
  const provinces = new Set(areas.map((area) => codeAt("provinsi", area.code)));
  return { level, area: provinces.size === 1 ? [...provinces][0] : "" };
};

/** How outlines are scaled and moved so that they fill a panel: `{scale, x, y}`. */
export const fitOf = (outlines, { width, height }) => {
  const of = (place, pick) => pick(...outlines.map(({ box }) => box[place]));
  const [left, top, right, bottom] = [
    of(0, Math.min),
    of(1, Math.min),
    of(2, Math.max),
    of(3, Math.max),
  ];
  const [wide, high] = [Math.max(1, width - 2 * PAD), Math.max(1, height - 2 * PAD)];
  const scale = Math.min(wide / Math.max(1, right - left), high / Math.max(1, bottom - top));
  return {
    scale,
    x: (width - scale * (left + right)) / 2,
    y: (height - scale * (top + bottom)) / 2,
  };
};

/** Where an outline's label stands best on the panel, and the lines around it: in pixels. */
export const spotOf = ({ code, at, room, path }, { scale, x, y }) => ({
  code,
  x: x + scale * at[0],
  y: y + scale * at[1],
  room: scale * room,
  lines: linesOf(path).map(([x1, y1, x2, y2]) => [
    x + scale * x1,
    y + scale * y1,
    x + scale * x2,
    y + scale * y2,
  ]),
});

/** The straight lines of a path as the server writes it: `[x1, y1, x2, y2]`. */
export const linesOf = (path) =>
  path.split("z").flatMap((ring) => {
    const [begin, steps] = ring.slice(1).split("l");
    if (!steps) return [];
    const first = begin.split(" ").map(Number);
    const deltas = steps.split(" ").map(Number);
    const corners = [first];
    for (let at = 0; at < deltas.length; at += 2) {
      const [x, y] = corners.at(-1);
      corners.push([x + deltas[at], y + deltas[at + 1]]);
    }
    return corners.map((corner, at) => [...corner, ...(corners[at + 1] ?? first)]);
  });

/**
 * Places for the arrows: Map code → `{column, row}`.
 *
 * They are the places on the map, as long as arrows lead from the first area to every other; else
 * the squares that the areas would have as tiles, where they always do.
 */
export const walkOf = (spots) => {
  const at = new Map(spots.map(({ code, x, y }) => [code, { column: x, row: y }]));
  if (reachedIn(at) === at.size) return at;
  return arrange(spots.map(({ code, x, y }) => ({ code, lat: -y, lon: x }))).at;
};

const reachedIn = (at) => {
  const first = beside(at, "", "Home");
  const reached = new Set(first ? [first] : []);
  for (const code of reached) for (const key of STEPS) reached.add(beside(at, code, key));
  return reached.size;
};

/** A name in two lines that are as equal as its words allow; one word is one line. */
export const inTwo = (name) => {
  const words = name.split(" ");
  const cuts = words.slice(1).map((_, at) => [
    words.slice(0, at + 1).join(" "),
    words.slice(at + 1).join(" "),
  ]);
  const longest = (lines) => Math.max(...lines.map((line) => line.length));
  return cuts.reduce((best, lines) => (longest(lines) < longest(best) ? lines : best), [name]);
};

const markWide = (count) => MARK + (count >= 10 ? FIGURE * String(count).length + 4 : 0);
const marksWide = (marks) => marks.reduce((sum, count) => sum + markWide(count), 0);

const wordWide = (word) => (word ? word.length * 8 + 12 : 0);
const silentWide = (silent) => (silent > 0 ? 18 + FIGURE * String(silent).length : 0);

/** The sizes of a label's forms, the fullest first: `{form, lines, wide, high}`. */
export const formsOf = ({ name, word, numbers, silent, marks }) => {
  const below = marksWide(marks);
  const told = wordWide(word) + FIGURE * numbers.length + 10 + silentWide(silent);
  const bare = silentWide(silent) + below;
  const few = wordWide(word) + bare;
  const named = (form, lines, more) => ({
    form,
    lines,
    wide: Math.max(...lines.map((line) => line.length * LETTER), ...more.map(([wide]) => wide)) + 6,
    high: lines.length * LINE + more.reduce((sum, [wide, high]) => sum + (wide ? high : 0), 0) + 4,
  });
  const splits = [[name], inTwo(name)];
  return [
    ...splits.map((lines) => named("full", lines, [[told, LINE + 2], [below, MARK]])),
    ...splits.map((lines) => named("named", lines, [[few, below ? MARK : LINE + 2]])),
    ...splits.map((lines) => named("brief", lines, [[bare, below ? MARK : LINE + 2]])),
    { form: "marks", lines: [], wide: few + 4, high: few ? MARK + 2 : 0 },
    { form: "bare", lines: [], wide: bare + 4, high: bare ? MARK + 2 : 0 },
  ];
};

const boxOf = ({ x, y }, { wide, high }) => {
  const [aside, up] = [wide / 2, high / 2];
  return [x - aside, y - up, x + aside, y + up];
};

const isApart = (one, other) =>
  one[2] + GAP <= other[0] ||
  other[2] + GAP <= one[0] ||
  one[3] + GAP <= other[1] ||
  other[3] + GAP <= one[1];

const within = (low, value, high) => Math.min(Math.max(value, low), Math.max(low, high));

/** Whether a line goes through a box: by what of it is left when each side has cut it. */
const goesThrough = ([x1, y1, x2, y2], [left, top, right, bottom]) => {
  let [from, to] = [0, 1];
  for (const [start, way, low, high] of [
    [x1, x2 - x1, left, right],
    [y1, y2 - y1, top, bottom],
  ]) {
    if (way === 0 && (start <= low || start >= high)) return false;
    if (way === 0) continue;
    const [one, other] = [(low - start) / way, (high - start) / way];
    from = Math.max(from, Math.min(one, other));
    to = Math.min(to, Math.max(one, other));
  }
  return from < to;
};

/** Whether a label, beside its rim, lies in the area that has these lines around it. */
const isInside = (lines, [left, top, right, bottom]) => {
  const core = [left + OVER, top + OVER, right - OVER, bottom - OVER];
  return !lines.some((line) => goesThrough(line, core));
};

/** Places for a full label: where most room is, then a little beside it. */
const nearby = ({ x, y, room }) => {
  const found = [{ x, y }];
  for (const far of [0.4, 0.8, 1.2]) {
    for (const [right, down] of ROUND) {
      found.push({ x: x + 2 * right * far * room, y: y + down * far * room });
    }
  }
  return found;
};

const inPanel = ({ x, y }, { wide, high }, size) => ({
  x: within(wide / 2, x, size.width - wide / 2),
  y: within(high / 2, y, size.height - high / 2),
});

const isOn = ({ width, height }, [left, top, right, bottom]) =>
  left >= 0 && top >= 0 && right <= width && bottom <= height;

const holds = ([left, top, right, bottom], { x, y }) =>
  left <= x && x <= right && top <= y && y <= bottom;

/** Places for marks around a spot: on it, then near it, then a little farther. */
const around = ({ x, y }, { wide, high }) => {
  const found = [{ x, y }];
  for (const far of [0.6, 1.1, 1.7]) {
    for (const [right, down] of ROUND) {
      found.push({ x: x + right * far * wide, y: y + down * far * high });
    }
  }
  return found;
};

/**
 * The label of each area: Map code → `{form, lines, x, y, isAside}`, in pixels of its middle.
 *
 * `spots` are those of `spotOf`, each with what its label would say: `{name, word, numbers, silent,
 * marks}`; `marks` are counts of open alerts, the worst first.
 */
export const labelsOf = (spots, size) => {
  const bigFirst = [...spots].sort(
    (one, other) => other.room - one.room || (one.code < other.code ? -1 : 1),
  );
  const taken = new Map();
  const found = new Map();
  const isFree = (code, box) =>
    [...taken].every(([other, its]) => other === code || isApart(box, its));
  const put = (spot, form, place) => {
    taken.set(spot.code, boxOf(place, form));
    // From a label that stands beside its place a line leads there.
    const isAside = !holds(boxOf(place, form), spot);
    found.set(spot.code, { form: form.form, lines: form.lines, isAside, ...place });
  };
  for (const spot of bigFirst) {
    const marks = formsOf(spot).at(-1);
    if (!marks.high) continue;
    const places = around(spot, marks).map((place) => inPanel(place, marks, size));
    put(spot, marks, places.find((place) => isFree(spot.code, boxOf(place, marks))) ?? places[0]);
  }
  for (const spot of bigFirst) {
    const fits = (form, place) => {
      const box = boxOf(place, form);
      return isOn(size, box) && isFree(spot.code, box) && isInside(spot.lines, box);
    };
    for (const form of formsOf(spot).slice(0, -1).filter(({ high }) => high > 0)) {
      const place = nearby(spot).find((each) => fits(form, each));
      if (!place) continue;
      put(spot, form, place);
      break;
    }
  }
  return found;
};
