// What the picture shows: paths of cells, levels and their counts.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CELL,
  CHANNELS,
  STAGES,
  cellOf,
  cornerOf,
  drawingOf,
  layoutFor,
} from "../../streams/room/page/drawing.js";
import * as levels from "../../streams/room/page/levels.js";
import { area, mapOf, tps } from "./rows.js";

// Cells

const channelsOf = (row, worst = null) =>
  Object.entries(cellOf(row, worst, 2, 7, CELL))
    .filter(([, path]) => path)
    .map(([name]) => name)
    .sort();

test("each stage is drawn otherwise than every other", () => {
  const drawn = [...STAGES, "suspended", "postponed"].map((stage) =>
    JSON.stringify(cellOf(tps({ stage }), null, 2, 7, CELL)),
  );
  assert.equal(new Set(drawn).size, drawn.length);
});

test("each channel is added to the stage and takes nothing from it", () => {
  const plain = cellOf(tps(), null, 2, 7, CELL);
  const changes = [
    { silent: true },
    { raised: true },
    { tps_class: "rawan" },
    { tps_class: "khusus" },
  ];
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
  const pips = ["rawan", "sangat_rawan", "khusus"].map(
    (tps_class) => cellOf(tps({ tps_class }), null, 2, 7, CELL).pip,
  );
  assert.equal(new Set(pips).size, 3);
  assert.equal(cellOf(tps(), null, 2, 7, CELL).pip, undefined);
});

test("a tile has one path a channel, in all of which no number is missing", () => {
  const rows = STAGES.map((stage, index) =>
    tps({ stage, code: `17.02.07.2012-00${index}`, silent: true, raised: true }),
  );
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

const oneKabupaten = mapOf([
  area("17.02"),
  area("17.02.07"),
  area("17.02.09"),
  area("17.02.07.2012"),
]);
const kabupaten = (count) =>
  mapOf(
    Array.from({ length: count }, (_, index) =>
      area(`${17 + (index % 3)}.${String(index).padStart(2, "0")}`),
    ),
  );

test("one kabupaten in sight is shown by its kecamatan at once", () => {
  const shown = levels.shownAt(undefined, { areas: oneKabupaten, zoom: "", names: {} });
  assert.equal(shown.level, "kecamatan");
  assert.deepEqual(
    shown.areas.map(({ code }) => code),
    ["17.02.07", "17.02.09"],
  );
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
  assert.equal(
    shown.areas.reduce((sum, { tps: count }) => sum + count, 0),
    600,
  );
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
  assert.deepEqual(
    found.get("17.02.07").map(({ code }) => code.slice(-3)),
    ["001", "002"],
  );
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
    ["Curup", "Curup Selatan", "Sindang Beliti Ulu", "Padang Ulak Tanding", "Binduriang"].map(
      short,
    ),
    ["Curup", "C.Selatan", "SB Ulu", "PUT", "Bindur."],
  );
  const named = (code, name) => ({ code, name });
  const names = levels.shortNames([
    named("1", "Curup Selatan"),
    named("2", "Ciawi Selatan"),
    named("3", "Curup Utara"),
  ]);
  assert.deepEqual([...names.values()], ["Curup Selatan", "Ciawi Selatan", "C.Utara"]);
});
