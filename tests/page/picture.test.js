// The picture's arithmetic: places of tiles, paths of cells, levels, what is reached, figures.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CELL, CHANNELS, STAGES, cellOf, cornerOf, drawingOf, layoutFor } from "../../streams/room/page/drawing.js";
import * as expect from "../../streams/room/page/expect.js";
import { boxNumbers, isShort, sharesOf, waitingBy } from "../../streams/room/page/figures.js";
import * as levels from "../../streams/room/page/levels.js";
import { arrange, beside, cheapest, columnsFor, isStep, spread } from "../../streams/room/page/tiles.js";

/** Numbers between 0 and 1 that look random and are the same each time. */
const luckOf = (seed) => {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return state / 2 ** 32;
  };
};

const someAreas = (count, seed) => {
  const luck = luckOf(seed);
  const place = (_, index) => ({
    code: `17.02.${String(index).padStart(2, "0")}`,
    lat: -3.5 + luck() / 2,
    lon: 102.4 + luck() ** 3,
  });
  return Array.from({ length: count }, place);
};

const allPairs = (items) =>
  items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other]));

for (const count of [1, 2, 3, 7, 15, 24, 40]) {
  const seeds = [1, 2, 3, 4, 5];

  test(`${count} tiles stand each on a square of its own`, () => {
    for (const seed of seeds) {
      const { at, columns, rows } = arrange(someAreas(count, seed));
      const squares = [...at.values()].map(({ column, row }) => `${column}/${row}`);
      assert.equal(new Set(squares).size, count);
      for (const { column, row } of at.values()) {
        assert.ok(column >= 0 && column < columns && row >= 0 && row < rows);
      }
    }
  });

  test(`no two of ${count} tiles would stand better if they were exchanged`, () => {
    for (const seed of seeds) {
      const areas = someAreas(count, seed);
      const { at, columns, rows } = arrange(areas);
      const x = spread(areas.map(({ lon }) => lon), columns);
      const y = spread(areas.map(({ lat }) => -lat), rows);
      const stands = areas.map(({ code }, index) => ({ x: x[index], y: y[index], ...at.get(code) }));
      for (const [one, other] of allPairs(stands)) {
        const agree =
          (one.x - other.x) * (one.column - other.column) + (one.y - other.y) * (one.row - other.row);
        assert.ok(agree >= -1e-6);
      }
    }
  });
}

test("in a row tiles go from west to east, in a column from north to south", () => {
  const areas = someAreas(15, 9);
  const { at } = arrange(areas);
  for (const [one, other] of allPairs(areas)) {
    const [here, there] = [at.get(one.code), at.get(other.code)];
    if (here.row === there.row) assert.equal(here.column < there.column, one.lon < other.lon);
    if (here.column === there.column) assert.equal(here.row < there.row, one.lat > other.lat);
  }
});

test("the arrangement does not depend on the order in which areas come", () => {
  const areas = someAreas(15, 4);
  assert.deepEqual(arrange([...areas].reverse()), arrange(areas));
});

test("where one place is not known the codes are the order", () => {
  const areas = someAreas(6, 1).map((area, index) => ({ ...area, lat: index === 3 ? null : area.lat }));
  const { at, columns } = arrange(areas);
  areas.forEach(({ code }, index) => {
    assert.deepEqual(at.get(code), { column: index % columns, row: Math.floor(index / columns) });
  });
});

test("areas at one and the same place still get a square each", () => {
  const areas = someAreas(5, 1).map((area) => ({ ...area, lat: -3, lon: 102 }));
  const squares = [...arrange(areas).at.values()].map(({ column, row }) => `${column}/${row}`);
  assert.equal(new Set(squares).size, 5);
});

test("no areas have no squares", () => {
  assert.equal(arrange([]).at.size, 0);
});

test("fifteen tiles are five by three, forty fit eight columns", () => {
  assert.equal(columnsFor(15), 5);
  assert.equal(columnsFor(40), 8);
  assert.equal(columnsFor(1), 1);
});

test("the cheapest matching is that of all matchings", () => {
  const luck = luckOf(7);
  const costs = Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => Math.floor(luck() * 20)));
  const sumOf = (chosen) => chosen.reduce((sum, column, row) => sum + costs[row][column], 0);
  const all = (row, used) =>
    row === costs.length
      ? [[]]
      : costs[row].flatMap((_, column) =>
          used.includes(column) ? [] : all(row + 1, [...used, column]).map((rest) => [column, ...rest]),
        );
  const least = Math.min(...all(0, []).map(sumOf));
  assert.equal(sumOf(cheapest(costs)), least);
});

const square = (column, row) => ({ column, row });
const cross = new Map([
  ["nw", square(0, 0)],
  ["ne", square(2, 0)],
  ["w", square(0, 1)],
  ["e", square(2, 1)],
]);

test("an arrow leads to the nearest tile in its direction, over a hole too", () => {
  assert.equal(beside(cross, "nw", "ArrowRight"), "ne");
  assert.equal(beside(cross, "nw", "ArrowDown"), "w");
  assert.equal(beside(cross, "e", "ArrowLeft"), "w");
});

test("an arrow at the edge leads nowhere, Home and End to the ends", () => {
  assert.equal(beside(cross, "nw", "ArrowUp"), "nw");
  assert.equal(beside(cross, "e", "ArrowRight"), "e");
  assert.equal(beside(cross, "w", "Home"), "nw");
  assert.equal(beside(cross, "w", "End"), "e");
  assert.ok(isStep("ArrowUp") && !isStep("Tab"));
});

// Cells

const tps = (more = {}) => ({
  code: "17.02.07.2012-003",
  stage: "counting",
  tps_class: "kurang_rawan",
  suspended: false,
  silent: false,
  raised: false,
  box: null,
  ...more,
});
const channelsOf = (row, worst = null) =>
  Object.entries(cellOf(row, worst, 2, 7, CELL)).filter(([, path]) => path).map(([name]) => name).sort();

test("each stage is drawn otherwise than every other", () => {
  const drawn = [...STAGES, "suspended", "postponed"].map((stage) =>
    JSON.stringify(cellOf(tps({ stage }), null, 2, 7, CELL)),
  );
  assert.equal(new Set(drawn).size, drawn.length);
});

test("each channel is added to the stage and takes nothing from it", () => {
  const plain = cellOf(tps(), null, 2, 7, CELL);
  const changes = [{ silent: true }, { raised: true }, { tps_class: "rawan" }, { tps_class: "khusus" }];
  for (const change of changes) {
    const drawn = cellOf(tps(change), null, 2, 7, CELL);
    assert.equal(drawn.mid, plain.mid);
    assert.ok(channelsOf(tps(change)).length > channelsOf(tps()).length);
  }
});

test("only a critical and a high alert have a mark", () => {
  assert.ok(channelsOf(tps(), "critical").includes("critical"));
  assert.ok(channelsOf(tps(), "high").includes("high"));
  assert.deepEqual(channelsOf(tps(), "medium"), channelsOf(tps()));
});

test("one class has no dot, the others differ", () => {
  const pips = ["rawan", "sangat_rawan", "khusus"].map((tps_class) => cellOf(tps({ tps_class }), null, 2, 7, CELL).pip);
  assert.equal(new Set(pips).size, 3);
  assert.equal(cellOf(tps(), null, 2, 7, CELL).pip, undefined);
});

test("a tile has one path a channel, in all of which no number is missing", () => {
  const rows = STAGES.map((stage, index) => tps({ stage, code: `17.02.07.2012-00${index}`, silent: true, raised: true }));
  const paths = drawingOf(rows, () => "high", layoutFor(rows.length));
  assert.deepEqual(Object.keys(paths), CHANNELS);
  assert.doesNotMatch(Object.values(paths).join(""), /NaN|undefined|Infinity/);
});

for (const count of [1, 13, 40, 50, 56, 120, 200]) {
  test(`${count} cells lie within their tile and apart from each other`, () => {
    const layout = layoutFor(count);
    const side = CELL * layout.scale;
    const last = cornerOf(count - 1, layout);
    assert.ok(cornerOf(layout.columns - 1, layout).x + side <= 152 - 1);
    assert.ok(last.y + side <= 110);
    assert.ok(layout.pitch > side);
  });
}

test("too many cells are none: the tile shows numbers", () => {
  assert.equal(layoutFor(2_000), null);
});

// Levels

const area = (code, more = {}) => ({
  kind: { 5: "kabupaten", 8: "kecamatan", 13: "desa" }[code.length],
  code,
  name: code,
  colour: "hijau",
  tps: 10,
  stages: { voting: 4, counting: 6 },
  silent: 1,
  ...more,
});
const mapOf = (rows) => new Map(rows.map((row) => [row.code, row]));
const oneKabupaten = mapOf([area("17.02"), area("17.02.07"), area("17.02.09"), area("17.02.07.2012")]);
const kabupaten = (count) =>
  mapOf(Array.from({ length: count }, (_, index) => area(`${17 + (index % 3)}.${String(index).padStart(2, "0")}`)));

test("one kabupaten in sight is shown by its kecamatan at once", () => {
  const shown = levels.shownAt(undefined, { areas: oneKabupaten, zoom: "", names: {} });
  assert.equal(shown.level, "kecamatan");
  assert.deepEqual(shown.areas.map(({ code }) => code), ["17.02.07", "17.02.09"]);
  assert.equal(levels.outOf(shown, oneKabupaten), null);
});

test("several kabupaten are tiles until one is chosen, and one can step out again", () => {
  const areas = mapOf([...oneKabupaten.values(), area("17.03")]);
  assert.equal(levels.shownAt(undefined, { areas, zoom: "", names: {} }).level, "kabupaten");
  const inside = levels.shownAt("17.02", { areas, zoom: "17.02", names: {} });
  assert.equal(inside.level, "kecamatan");
  assert.equal(levels.outOf(inside, areas), "");
  assert.equal(levels.shownAt("", { areas, zoom: "17.02", names: {} }).level, "kabupaten");
});

test("a kabupaten that was asked for is shown when its picture is there, not before", () => {
  const areas = mapOf([...oneKabupaten.values(), area("17.03")]);
  assert.equal(levels.shownAt("17.03", { areas, zoom: "17.02", names: {} }).level, "kabupaten");
});

test("so many kabupaten that none can be read are shown by province, and added up", () => {
  const areas = kabupaten(60);
  const shown = levels.shownAt(undefined, { areas, zoom: "", names: { 17: "Bengkulu" } });
  assert.equal(shown.level, "provinsi");
  assert.equal(shown.areas[0].name, "Bengkulu");
  assert.equal(shown.areas.reduce((sum, { tps: count }) => sum + count, 0), 600);
  const within = levels.shownAt("17", { areas, zoom: "", names: {} });
  assert.equal(within.areas.length, 20);
  assert.equal(levels.outOf(within, areas), "");
});

test("open alerts are counted at their place and in all areas above it, others nowhere", () => {
  const row = (id, place, severity, state) => ({ id, place, severity, state });
  const open = levels.openBy(
    mapOf([
      { code: "1", ...row("1", "17.02.07.2012-003", "critical", "unacknowledged") },
      { code: "2", ...row("2", "17.02.07", "high", "acknowledged") },
      { code: "3", ...row("3", "17.02.07.2012-003", "high", "resolved") },
      { code: "4", ...row("4", "17.02", "low", "shelved") },
    ]),
  );
  assert.equal(levels.worstOf(open.get("17.02.07.2012-003")), "critical");
  assert.deepEqual(open.get("17.02.07"), { critical: 1, high: 1, medium: 0, low: 0 });
  assert.equal(open.get("17.02").low, 1);
  assert.equal(open.get("17.02.09"), undefined);
  assert.equal(levels.worstOf(undefined), null);
});

test("TPS are gathered by area in the order of their codes, their places are averaged", () => {
  const rows = ["17.02.07.2012-002", "17.02.07.2012-001", "17.02.09.1004-001"].map((code, index) =>
    tps({ code, place: index === 2 ? null : { lat: -3 - index, lon: 102 } }),
  );
  const found = levels.tpsBy("kecamatan", mapOf(rows));
  assert.deepEqual(found.get("17.02.07").map(({ code }) => code.slice(-3)), ["001", "002"]);
  assert.deepEqual(levels.middleOf(found.get("17.02.07")), { lat: -3.5, lon: 102 });
  assert.deepEqual(levels.middleOf(found.get("17.02.09")), { lat: null, lon: null });
});

test("the sum of areas has the worst colour and all counts", () => {
  const sum = levels.summed([area("17.02", { colour: "kuning" }), area("17.03", { colour: null })]);
  assert.equal(sum.colour, "kuning");
  assert.deepEqual(sum.stages, { voting: 8, counting: 12 });
  assert.equal(levels.summed([area("17.02", { colour: null })]).colour, null);
});

test("names are short on the wall, and told apart", () => {
  const short = (name) => levels.shortName(name);
  assert.deepEqual(
    ["Curup", "Curup Selatan", "Sindang Beliti Ulu", "Padang Ulak Tanding", "Binduriang"].map(short),
    ["Curup", "C.Selatan", "SB Ulu", "PUT", "Bindur."],
  );
  const named = (code, name) => ({ code, name });
  const names = levels.shortNames([named("1", "Curup Selatan"), named("2", "Ciawi Selatan"), named("3", "Curup Utara")]);
  assert.deepEqual([...names.values()], ["Curup Selatan", "Ciawi Selatan", "C.Utara"]);
});

// What is reached, and when

const at = (time) => Date.parse(`2024-11-27T${time}+07:00`);
const since = (code, stage, time, more = {}) =>
  tps({ code, stage, stage_at: time && `2024-11-27T${time}+07:00`, ...more });

test("a stage is reached by all that stand at it or beyond", () => {
  const stages = { not_open: 2, postponed: 1, suspended: 1, voting: 3, closed: 4, counted: 5, box_in: 6 };
  assert.equal(expect.reachedBy(stages, "voting"), 19);
  assert.equal(expect.reachedBy(stages, "counting"), 11);
  assert.equal(expect.reachedBy(stages, "box_in"), 6);
});

test("a line has a gap only where something is expected, and is behind only by more than a little", () => {
  const lines = expect.progressOf(area("17.02", { tps: 100, stages: { closed: 90 }, expected: { closed: 93, voting: 91 } }));
  const of = (step) => lines.find((line) => line.step === step);
  assert.equal(of("closed").gap, -3);
  assert.ok(expect.isBehind(of("closed")));
  assert.ok(!expect.isBehind(of("voting")));
  assert.equal(of("counting").gap, null);
  assert.ok(!expect.isBehind(of("counting")));
});

test("the curve rises when a TPS reaches the stage, and stands at the present number", () => {
  const history = expect.newHistory();
  expect.noteTps(history, mapOf([since("a", "counting", "13:10:00"), since("b", "voting", "07:00:00")]));
  expect.noteTps(history, mapOf([since("a", "counting", "13:10:00"), since("b", "counting", "13:40:00")]));
  const curve = expect.curveOf(history, "counting", at("14:00:00"));
  assert.deepEqual(curve.slice(1), [
    [at("13:10:00"), 1],
    [at("13:40:00"), 2],
    [at("14:00:00"), 2],
  ]);
});

test("a stage that was passed keeps the moment at which it was seen", () => {
  const history = expect.newHistory();
  expect.noteTps(history, mapOf([since("a", "counting", "13:10:00")]));
  expect.noteTps(history, mapOf([since("a", "counted", "13:50:00")]));
  assert.deepEqual(expect.curveOf(history, "counting", at("14:00:00"))[1], [at("13:10:00"), 1]);
});

test("a corrected status takes its TPS off the curve", () => {
  const history = expect.newHistory();
  expect.noteTps(history, mapOf([since("a", "counted", "13:50:00")]));
  expect.noteTps(history, mapOf([since("a", "closed", "13:05:00")]));
  assert.deepEqual(expect.curveOf(history, "counted", at("14:00:00")), []);
});

test("of another kabupaten nothing is kept", () => {
  const history = expect.newHistory();
  expect.noteTps(history, mapOf([since("a", "counted", "13:50:00")]));
  expect.noteTps(history, mapOf([since("b", "voting", "07:00:00")]));
  assert.equal(expect.curveOf(history, "voting", at("14:00:00")).at(-1)[1], 1);
});

test("what has not opened is on no curve", () => {
  const history = expect.newHistory();
  expect.noteTps(history, mapOf([since("a", "not_open", null), since("b", "postponed", "06:00:00")]));
  for (const step of expect.STEPS) assert.deepEqual(expect.curveOf(history, step, at("14:00:00")), []);
});

test("a suspended TPS has reached what it goes back to", () => {
  const history = expect.newHistory();
  const row = since("a", "suspended", "13:58:00", { suspended: true, suspended_stage: "counting" });
  expect.noteTps(history, mapOf([row]));
  assert.equal(expect.curveOf(history, "counting", at("14:00:00")).at(-1)[1], 1);
});

test("curves on one axis keep their last value until their own end", () => {
  const [times, one, other] = expect.aligned([[[1, 5], [3, 6]], [[2, 7]]]);
  assert.deepEqual([times, one, other], [[1, 2, 3], [5, 5, 6], [null, 7, null]]);
});

test("the axis begins at a whole hour and has room after now", () => {
  const now = at("14:05:00");
  const { from, to } = expect.spanOf([[[at("12:20:00"), 1]]], now);
  assert.equal(from, at("12:00:00"));
  assert.ok(to - from >= 4 * 3_600_000 && to > now);
});

test("what is expected is kept once a minute", () => {
  const history = expect.newHistory();
  expect.noteExpected(history, { counted: 3 }, at("14:05:10"));
  expect.noteExpected(history, { counted: 4 }, at("14:05:50"));
  expect.noteExpected(history, null, at("14:06:50"));
  assert.deepEqual(expect.expectedCurve(history, "counted"), [[at("14:05:00"), 4]]);
  assert.deepEqual(expect.expectedCurve(history, "counting"), []);
});

// Figures

test("a Polsek is short when more are asked for than are free, not when one is missing", () => {
  assert.ok(isShort({ free: 4, needed: 8 }));
  assert.ok(!isShort({ free: 4, needed: 4, missing: 2 }));
});

test("shares of a Polsek fill its bar, and the tick stays on it", () => {
  const shares = sharesOf({ free: 4, missing: 1, bound: 2, escorting: 2, needed: 16 });
  assert.equal(shares.needed, 1);
  assert.equal(shares.heard + shares.missing, 0.25);
  assert.equal(sharesOf({ free: 0, missing: 0, bound: 0, escorting: 0, needed: 0 }).heard, 0);
});

test("a box is late by its moment, alone without escorts, and may have no limit", () => {
  const box = { left_at: "2024-11-27T12:41:00+07:00", due_at: "2024-11-27T13:56:00+07:00", limit_minutes: 75, escorts: 0 };
  assert.deepEqual(boxNumbers(box, at("14:05:00")), { minutes: 84, limit: 75, isLate: true, isAlone: true });
  const free = boxNumbers({ ...box, due_at: null, limit_minutes: null, escorts: 2 }, at("14:05:00"));
  assert.deepEqual([free.limit, free.isLate, free.isAlone], [null, false, false]);
});

test("what waits is grouped by why, the most first, and what is decided does not wait", () => {
  const because = (id) => ({ id, en: id });
  const row = (why, status = "open") => ({ report: { status }, waits_because: because(why) });
  const groups = waitingBy([row("place"), row("category"), row("place"), row("place", "rejected")]);
  assert.deepEqual(groups.map(([{ id }, count]) => [id, count]), [["place", 2], ["category", 1]]);
});
