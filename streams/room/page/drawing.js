// The cells of TPS as paths: one path a channel for a whole tile, however many TPS it has. Pure.
//
// Six channels, and none of them is a hue but the alert's: the fill is the stage, the hatch is
// silence, dots above are the class, a ring is a raised posture, a shape at the corner is an open
// alert; the sixth, the situation colour, belongs to the tile. A tile of sixty TPS is nine paths
// instead of two hundred elements, so a whole kabupaten is redrawn well within a frame.

export const CELL = 12;
const SHARE_HIGH = 1.14; // A line of cells needs room above for the dots of the class.
const PITCH = 15.1;
const GAP_SHARE = 1 - CELL / PITCH; // Behind the last cell of a line is no gap.
const COLUMNS_MIN = 10;
const PITCH_MIN = 6.5; // Smaller ones cannot be told apart: the tile shows numbers instead.
const SILENT_STEP = 5.4; // Wide enough for the stage to be seen between the lines.

/** Channels in the order in which they are painted. */
export const CHANNELS = [
  "edge",
  "dash",
  "mid",
  "done",
  "sign",
  "bars",
  "gap",
  "hatch",
  "silent",
  "ring",
  "pip",
  "high",
  "critical",
];

/** Stages from the first to the last, without those that interrupt. */
export const STAGES = ["not_open", "voting", "closed", "counting", "counted", "box_away", "box_in"];

/**
 * How far apart cells stand so that `count` of them fit `width` × `height`: `{pitch, columns,
 * scale}`; null where they would be too small to tell anything.
 */
export const layoutFor = (count, width = 152, height = 96) => {
  for (let columns = COLUMNS_MIN; ; columns += 1) {
    const pitch = Math.min(PITCH, (width - 4) / (columns - GAP_SHARE));
    if (pitch < PITCH_MIN) return null;
    const lines = Math.floor((height - 6) / (pitch * SHARE_HIGH));
    if (columns * lines >= count) return { pitch, columns, scale: pitch / PITCH };
  }
};

/** The left upper corner of the cell at `index`. */
export const cornerOf = (index, { pitch, columns, scale }) => ({
  x: 2 + (index % columns) * pitch,
  y: 7 * scale + Math.floor(index / columns) * pitch * SHARE_HIGH,
});

const n = (value) => String(Math.round(value * 100) / 100);
const rect = (x, y, w, h) => `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`;
const line = (...points) => `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}`;
const disc = (x, y, r) =>
  `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`;

const FILLS = { closed: 0.34, counting: 0.64 };
const DONE = ["counted", "box_away", "box_in"];

/** The stage as the fill of a square at `x`, `y` with sides `s`. */
const stageOf = ({ stage, suspended, box }, x, y, s) => {
  const drawn = {};
  const inner = s * 0.06;
  if (DONE.includes(stage)) {
    drawn.done = rect(x, y, s, s);
    drawn.sign = signOf(box ?? stage, x, y, s);
  } else {
    const isShut = stage === "not_open" || stage === "postponed";
    drawn[isShut ? "dash" : "edge"] = rect(x + inner, y + inner, s - 2 * inner, s - 2 * inner);
    const tall = (FILLS[stage] ?? 0) * (s - 3 * inner);
    if (tall) drawn.mid = rect(x + 1.6 * inner, y + s - 1.6 * inner - tall, s - 3.2 * inner, tall);
  }
  if (suspended || stage === "suspended") drawn.bars = barsOf(x, y, s);
  if (stage === "postponed")
    drawn.bars = line([x + s * 0.28, y + s / 2], [x + s * 0.72, y + s / 2]);
  return drawn;
};

const signOf = (box, x, y, s) => {
  const at = (...points) => line(...points.map(([dx, dy]) => [x + dx * s, y + dy * s]));
  if (box === "box_in" || box === "arrived") return at([0.23, 0.52], [0.43, 0.73], [0.78, 0.3]);
  if (box === "box_away" || box === "left") return at([0.35, 0.23], [0.65, 0.5], [0.35, 0.77]);
  return "";
};

const barsOf = (x, y, s) =>
  [0.35, 0.65].map((dx) => line([x + dx * s, y + s * 0.25], [x + dx * s, y + s * 0.75])).join("");

/** Slanted lines within the square, `step` apart. */
const slants = (x, y, s, step) => {
  const parts = [];
  for (let offset = step / 2; offset < 2 * s; offset += step) {
    const from = Math.max(0, offset - s);
    const to = Math.min(s, offset);
    parts.push(line([x + from, y + offset - from], [x + to, y + offset - to]));
  }
  return parts.join("");
};

/** The class as dots above the square. */
const pipsOf = (tpsClass, x, y, s) => {
  const [up, r] = [y - s * 0.3, s * 0.125];
  if (tpsClass === "rawan") return disc(x + s * 0.17, up, r);
  if (tpsClass === "sangat_rawan") return disc(x + s * 0.17, up, r) + disc(x + s * 0.5, up, r);
  if (tpsClass !== "khusus") return "";
  const [cx, d] = [x + s / 2, s * 0.22];
  return `${line([cx, up - d], [cx + d, up], [cx, up + d], [cx - d, up])}z`;
};

const markOf = (worst, x, y, s) => {
  const at = (...points) => `${line(...points.map(([dx, dy]) => [x + dx * s, y + dy * s]))}z`;
  if (worst === "high") return at([0.92, 0.42], [1.32, 1.16], [0.52, 1.16]);
  return at(
    [0.77, 0.42],
    [1.07, 0.42],
    [1.28, 0.63],
    [1.28, 0.93],
    [1.07, 1.14],
    [0.77, 1.14],
    [0.56, 0.93],
    [0.56, 0.63],
  );
};

/** Paths by channel of one cell at `x`, `y` with sides `s`. */
export const cellOf = (tps, worst, x, y, s) => {
  const drawn = stageOf(tps, x, y, s);
  if (tps.silent) {
    drawn.gap = slants(x, y, s, s * (SILENT_STEP / CELL));
    drawn.hatch = drawn.gap;
    drawn.silent = rect(x, y, s, s);
  }
  if (tps.raised) drawn.ring = rect(x - s * 0.16, y - s * 0.16, s * 1.32, s * 1.32);
  const pip = pipsOf(tps.tps_class, x, y - (tps.raised ? s * 0.06 : 0), s);
  if (pip) drawn.pip = pip;
  if (worst === "critical" || worst === "high") drawn[worst] = markOf(worst, x, y, s);
  return drawn;
};

/**
 * Paths by channel of all cells of a tile, in the order of `rows`.
 *
 * `worstAt(code)` is the severity of the worst open alert there, `layout` of `layoutFor`.
 */
export const drawingOf = (rows, worstAt, layout) => {
  const paths = Object.fromEntries(CHANNELS.map((channel) => [channel, ""]));
  rows.forEach((tps, index) => {
    const { x, y } = cornerOf(index, layout);
    const drawn = cellOf(tps, worstAt(tps.code), x, y, CELL * layout.scale);
    for (const [channel, path] of Object.entries(drawn)) paths[channel] += path;
  });
  return paths;
};
