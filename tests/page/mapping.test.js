// How borders become a map: what is asked for, where it stands, where arrows lead, what has room.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  askedFor,
  fitOf,
  formsOf,
  inTwo,
  labelsOf,
  linesOf,
  spotOf,
  walkOf,
} from "../../streams/room/page/mapping.js";
import { beside } from "../../streams/room/page/tiles.js";
import { area } from "./rows.js";

const SIZE = { width: 600, height: 400 };

const outline = (code, [left, top, right, bottom]) => ({
  code,
  path: `M${left} ${top}l${right - left} 0 0 ${bottom - top} ${left - right} 0z`,
  at: [(left + right) / 2, (top + bottom) / 2],
  room: Math.min((right - left) / 4, (bottom - top) / 2),
  box: [left, top, right, bottom],
});

const content = (more = {}) => ({
  name: "Curup Utara",
  word: "",
  numbers: "24/26",
  silent: 0,
  marks: [],
  ...more,
});

const spotsOf = (outlines, more = {}) => {
  const fit = { scale: 1, x: 0, y: 0 };
  return outlines.map((one) => ({ ...spotOf(one, fit), ...content(more) }));
};

// What is asked for

test("kecamatan are asked for by their kabupaten", () => {
  const shown = { level: "kecamatan", code: "17.02", areas: [area("17.02.07")] };
  assert.deepEqual(askedFor(shown), { level: "kecamatan", area: "17.02" });
});

test("kabupaten of one province are asked for by it, those of several all together", () => {
  const areas = ["17.02", "17.03"].map((code) => area(code));
  const shown = { level: "kabupaten", code: "", areas };
  assert.deepEqual(askedFor(shown), { level: "kabupaten", area: "17" });
  const more = { ...shown, areas: [...areas, area("36.04")] };
  assert.deepEqual(askedFor(more), { level: "kabupaten", area: "" });
});

test("provinces are asked for all together", () => {
  const shown = { level: "provinsi", code: "", areas: [area("17.02")] };
  assert.deepEqual(askedFor(shown), { level: "provinsi", area: "" });
});

// Where it stands

test("what is drawn fills the panel, keeps its shape and stands in the middle", () => {
  const { scale, x, y } = fitOf([outline("a", [100, 200, 300, 300])], SIZE);
  assert.equal(scale, 2.9);
  assert.ok(Math.abs(x + scale * 200 - 300) < 1e-9);
  assert.ok(Math.abs(y + scale * 250 - 200) < 1e-9);
});

test("a panel of no size gives no numbers that are none", () => {
  const fit = fitOf([outline("a", [0, 0, 0, 0])], { width: 0, height: 0 });
  assert.ok(Object.values(fit).every(Number.isFinite));
});

test("lines of a path are closed, ring by ring", () => {
  assert.deepEqual(linesOf("M1 2l3 0 0 4zM9 9l1 0 0 1z"), [
    [1, 2, 4, 2],
    [4, 2, 4, 6],
    [4, 6, 1, 2],
    [9, 9, 10, 9],
    [10, 9, 10, 10],
    [10, 10, 9, 9],
  ]);
});

// Where arrows lead

test("arrows lead where a person sees the area", () => {
  const at = walkOf([
    { code: "west", x: 10, y: 50 },
    { code: "east", x: 90, y: 60 },
    { code: "north", x: 50, y: 5 },
  ]);
  assert.equal(beside(at, "west", "ArrowRight"), "east");
  assert.equal(beside(at, "west", "ArrowUp"), "north");
  assert.equal(beside(at, "east", "ArrowDown"), "east");
});

const KEYS = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];

const luckOf = (seed) => {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return state / 2 ** 32;
  };
};

test("arrows lead to every area, however the areas lie", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const luck = luckOf(seed);
    const place = (_, index) => ({ code: `a${index}`, x: 600 * luck() ** 3, y: 400 * luck() });
    const at = walkOf(Array.from({ length: 1 + (seed % 40) }, place));
    const reached = new Set([beside(at, "", "Home")]);
    for (const code of reached) for (const key of KEYS) reached.add(beside(at, code, key));
    assert.equal(reached.size, at.size, `seed ${seed}`);
  }
});

// What has room

test("a name is cut where its lines are most alike", () => {
  assert.deepEqual(inTwo("Padang Ulak Tanding"), ["Padang Ulak", "Tanding"]);
  assert.deepEqual(inTwo("Binduriang"), ["Binduriang"]);
});

test("a big area has its whole label, a smaller one its name, a small one its marks", () => {
  const areas = [
    outline("big", [0, 0, 200, 200]),
    outline("middle", [200, 0, 320, 46]),
    outline("small", [340, 0, 380, 26]),
  ];
  const labels = labelsOf(spotsOf(areas, { marks: [3], numbers: "1234/2345" }), SIZE);
  assert.equal(labels.get("big").form, "full");
  assert.equal(labels.get("middle").form, "named");
  assert.ok(["marks", "bare"].includes(labels.get("small").form));
});

test("a small area that has nothing to tell has no label", () => {
  const labels = labelsOf(spotsOf([outline("small", [340, 0, 360, 12])]), SIZE);
  assert.equal(labels.size, 0);
});

const boxOf = ({ x, y }, { wide, high }) => {
  const [aside, up] = [wide / 2, high / 2];
  return [x - aside, y - up, x + aside, y + up];
};

test("no label covers another, and what is to be told has one, in the panel", () => {
  for (const side of [26, 40, 60, 90, 130]) {
    const areas = [];
    for (let row = 0; row < 3; row += 1) {
      for (let column = 0; column < 4; column += 1) {
        const [left, top] = [column * side, row * side];
        areas.push(outline(`${row}${column}`, [left, top, left + side, top + side]));
      }
    }
    const spots = spotsOf(areas, { silent: 2, word: "KUNING" });
    const labels = labelsOf(spots, SIZE);
    assert.equal(labels.size, areas.length);
    const boxes = spots.map((spot) => {
      const label = labels.get(spot.code);
      const form = formsOf(spot).find(
        (each) => each.form === label.form && each.lines.join() === label.lines.join(),
      );
      return boxOf(label, form);
    });
    for (const [left, top, right, bottom] of boxes) {
      assert.ok(left >= 0 && top >= 0 && right <= SIZE.width && bottom <= SIZE.height);
    }
    if (side < 40) continue; // Marks of so small areas may have no free place at all.
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const isApart =
          one[2] <= other[0] || other[2] <= one[0] || one[3] <= other[1] || other[3] <= one[1];
        assert.ok(isApart, `${side}: ${one} and ${other}`);
      }
    }
  }
});

test("a label that stands beside its place says so, so that a line can lead there", () => {
  const areas = [outline("one", [100, 100, 112, 112]), outline("two", [110, 100, 122, 112])];
  const labels = labelsOf(spotsOf(areas, { marks: [4, 12] }), SIZE);
  assert.deepEqual(
    ["one", "two"].map((code) => labels.get(code).isAside).sort(),
    [false, true],
  );
});

test("a name stays within its border, or is left out", () => {
  const tall = outline("tall", [0, 0, 40, 300]);
  const [spot] = spotsOf([tall], { silent: 1, name: "Kepahiang", word: "MERAH" });
  assert.equal(labelsOf([spot], SIZE).get("tall").form, "bare");
});
