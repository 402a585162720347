// Where tiles stand: like the map, as cheap as any matching, and arrows between them.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  arrange,
  beside,
  cheapest,
  columnsFor,
  isStep,
  spread,
} from "../../streams/room/page/tiles.js";

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
      const x = spread(
        areas.map(({ lon }) => lon),
        columns,
      );
      const y = spread(
        areas.map(({ lat }) => -lat),
        rows,
      );
      const stands = areas.map(({ code }, index) => ({
        x: x[index],
        y: y[index],
        ...at.get(code),
      }));
      for (const [one, other] of allPairs(stands)) {
        const agree =
          (one.x - other.x) * (one.column - other.column) +
          (one.y - other.y) * (one.row - other.row);
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
  const areas = someAreas(6, 1).map((area, index) => ({
    ...area,
    lat: index === 3 ? null : area.lat,
  }));
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
  const costs = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => Math.floor(luck() * 20)),
  );
  const sumOf = (chosen) => chosen.reduce((sum, column, row) => sum + costs[row][column], 0);
  const all = (row, used) =>
    row === costs.length
      ? [[]]
      : costs[row].flatMap((_, column) =>
          used.includes(column)
            ? []
            : all(row + 1, [...used, column]).map((rest) => [column, ...rest]),
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

test("a phone has few tiles beside each other, however many there are", () => {
  const columns = [6, 15, 24, 40].map((count) => columnsFor(count, 0.4));
  assert.deepEqual(columns, [2, 3, 4, 4]);
  const { at } = arrange(someAreas(15, 3), 0.4);
  assert.equal(Math.max(...[...at.values()].map(({ column }) => column)), 2);
});
