// What the picture shows at which level: areas, their TPS, their open alerts. Pure.
//
// Codes are the tree: `17` province, `17.02` kabupaten, `17.02.07` kecamatan, `17.02.07.2012` desa,
// `17.02.07.2012-003` TPS. Counts of alerts are taken from the queue and not from the picture, so
// that a tile and the queue it filters never tell two numbers.

const LENGTHS = { provinsi: 2, kabupaten: 5, kecamatan: 8, desa: 13 };
const PROVINCES_FROM = 41; // So many kabupaten are no picture any more.
const COUNTS = ["tps", "silent", "raised", "unacknowledged", "never_heard", "triage", "boxes_away"];

/** Kabupaten with more kecamatan than this have tiles without cells. */
export const CELLS_UP_TO = 24;

/** The code of the area of a level in which a place lies; "": the place is wider than that. */
export const codeAt = (level, code) => {
  const area = code.split("-")[0];
  return area.length < LENGTHS[level] ? "" : area.slice(0, LENGTHS[level]);
};

const byCode = (one, other) => (one.code < other.code ? -1 : 1);

/** Areas of one kind within `code`, by code. */
export const areasWithin = (areas, kind, code = "") =>
  [...areas.values()]
    .filter((area) => area.kind === kind && (!code || area.code.startsWith(`${code}.`)))
    .sort(byCode);

/** TPS by the area of a level that they lie in: Map code → rows by code. */
export const tpsBy = (level, tps) => {
  const found = new Map();
  for (const row of [...tps.values()].sort(byCode)) {
    const code = codeAt(level, row.code);
    if (!found.has(code)) found.set(code, []);
    found.get(code).push(row);
  }
  return found;
};

/** The mean place of TPS, of those that have one: `{lat, lon}`, null where none has. */
export const middleOf = (rows) => {
  const placed = rows.filter((row) => row.place);
  if (!placed.length) return { lat: null, lon: null };
  const mean = (name) => placed.reduce((sum, { place }) => sum + place[name], 0) / placed.length;
  return { lat: mean("lat"), lon: mean("lon") };
};

/** Whether a line of the queue still asks for somebody. */
export const isOpen = (row) => row.state !== "resolved" && row.state !== "inhibited";

const LEVELS = Object.keys(LENGTHS);

const noCounts = () => ({ critical: 0, high: 0, medium: 0, low: 0 });

const codesOf = (place) => {
  const areas = LEVELS.map((level) => codeAt(level, place)).filter(Boolean);
  return place.includes("-") ? [place, ...areas] : areas;
};

/**
 * Open alerts by every code from their place up: Map code → counts by severity.
 *
 * They are counted by place first, since thousands of alerts share some hundred places.
 */
export const openBy = (alerts) => {
  const places = new Map();
  for (const row of alerts.values()) {
    if (!isOpen(row)) continue;
    if (!places.has(row.place)) places.set(row.place, noCounts());
    places.get(row.place)[row.severity] += 1;
  }
  const found = new Map();
  for (const [place, counts] of places) {
    for (const code of codesOf(place)) {
      if (!found.has(code)) found.set(code, noCounts());
      const sum = found.get(code);
      for (const severity of Object.keys(counts)) sum[severity] += counts[severity];
    }
  }
  return found;
};

/** The worst severity of counts; null: there is none. */
export const worstOf = (counts) =>
  ["critical", "high", "medium", "low"].find((severity) => counts?.[severity]) ?? null;

const WORSE = ["hijau", "kuning", "merah"];

/** The worst of situation colours; null where nobody knows one. */
export const worstColour = (areas) => {
  const ranks = areas.map((area) => WORSE.indexOf(area.colour));
  return WORSE[Math.max(-1, ...ranks)] ?? null;
};

const added = (maps) => {
  const sum = {};
  for (const [key, count] of maps.flatMap((map) => Object.entries(map ?? {}))) {
    sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
};

/** Several areas as one: counts added up, the worst colour, what only one can have left out. */
export const summed = (areas, code = "", name = "") => ({
  kind: "provinsi",
  code,
  name,
  colour: worstColour(areas),
  colour_since: areas.length === 1 ? areas[0].colour_since : null,
  stages: added(areas.map((area) => area.stages)),
  expected: areas.some((area) => area.expected) ? added(areas.map((area) => area.expected)) : null,
  strength: areas.flatMap((area) => area.strength ?? []),
  boxes: areas.flatMap((area) => area.boxes ?? []),
  drill: areas.length > 0 && areas.every((area) => area.drill),
  ...Object.fromEntries(
    COUNTS.map((count) => [count, areas.reduce((sum, area) => sum + (area[count] ?? 0), 0)]),
  ),
});

const provincesOf = (kabupaten, names) => {
  const groups = new Map();
  for (const area of kabupaten) {
    const code = codeAt("provinsi", area.code);
    groups.set(code, [...(groups.get(code) ?? []), area]);
  }
  return [...groups].map(([code, inside]) => summed(inside, code, names[code] ?? code));
};

/**
 * The level and the areas that are shown: `{level, code, areas}`.
 *
 * `at` is what somebody has stepped into: a province, a kabupaten, or "" for the widest there is;
 * undefined: nobody has chosen, and the kabupaten of `zoom` is shown, if there is one.
 */
export const shownAt = (at, { areas, zoom, names }) => {
  const kabupaten = areasWithin(areas, "kabupaten");
  const within = at ?? zoom;
  const chosen = kabupaten.find((area) => area.code === within) ?? only(kabupaten);
  if (chosen && (chosen.code === zoom || kabupaten.length === 1)) {
    const code = chosen.code;
    return { level: "kecamatan", code, areas: areasWithin(areas, "kecamatan", code) };
  }
  if (within?.length === LENGTHS.provinsi) {
    const inside = kabupaten.filter((area) => codeAt("provinsi", area.code) === within);
    return { level: "kabupaten", code: within, areas: inside };
  }
  if (kabupaten.length >= PROVINCES_FROM) {
    return { level: "provinsi", code: "", areas: provincesOf(kabupaten, names) };
  }
  return { level: "kabupaten", code: "", areas: kabupaten };
};

const only = (found) => (found.length === 1 ? found[0] : undefined);

/** Where one comes when one steps out of what is shown; null: it is the widest. */
export const outOf = ({ level, code }, areas) => {
  const kabupaten = areasWithin(areas, "kabupaten");
  if (level === "kecamatan" && kabupaten.length > 1) {
    return kabupaten.length >= PROVINCES_FROM ? codeAt("provinsi", code) : "";
  }
  return level === "kabupaten" && code ? "" : null;
};

/**
 * Of what the panels beside the picture tell: the kabupaten of `zoom`, else all in sight as one.
 */
export const wholeOf = (areas, zoom) => {
  const kabupaten = areasWithin(areas, "kabupaten");
  return kabupaten.find((area) => area.code === zoom) ?? only(kabupaten) ?? summed(kabupaten);
};

const SHORT_MAX = 9;

/** A name that fits a tile of the wall: `C.Selatan`, `SB Ulu`, `PUT`, `Bindur.`. */
export const shortName = (name) => {
  if (name.length <= SHORT_MAX) return name;
  const words = name.split(/\s+/);
  const last = words.at(-1);
  if (words.length === 1) return `${name.slice(0, 6)}.`;
  const first = words
    .slice(0, -1)
    .map((word) => word[0])
    .join("");
  const short = `${first}${words.length === 2 ? "." : " "}${last}`;
  return short.length <= SHORT_MAX ? short : words.map((word) => word[0]).join("");
};

/** Short names of areas that are told apart by them: Map code → name. */
export const shortNames = (areas) => {
  const short = areas.map((area) => shortName(area.name));
  const isOwn = (name) => short.indexOf(name) === short.lastIndexOf(name);
  return new Map(areas.map((area, at) => [area.code, isOwn(short[at]) ? short[at] : area.name]));
};
