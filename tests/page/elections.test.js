// Two elections in one place, and a drill: each its own picture.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as elections from "../../streams/room/page/elections.js";

const area = (code, election, { first = true, drill = false } = {}) => ({
  key: first ? code : `${code}@${election}`,
  code,
  election,
  drill,
});
const mapped = (...rows) => new Map(rows.map((row) => [elections.keyOf(row), row]));
const real = area("17.02", "bupati-2024");
const drill = area("17.02", "bupati-2024#drill-1", { first: false, drill: true });
const second = area("17.02", "gubernur-2024", { first: false });

test("rows of one place do not replace each other", () => {
  assert.equal(mapped(real, drill, second).size, 3);
});

test("a row of an older server, without a key, is keyed by its code", () => {
  assert.equal(elections.keyOf({ code: "17.02" }), "17.02");
});

test("alone in its places an election is the picture, and there is nothing to choose", () => {
  const rows = mapped(real, area("36.04", "bupati-serang"));
  assert.deepEqual(elections.othersIn(rows), []);
  assert.equal(elections.pictureOf(rows, ""), rows);
});

test("each election that shares a place can be chosen, and gives its own rows by code", () => {
  const rows = mapped(real, drill, second);
  const others = elections.othersIn(rows);
  assert.deepEqual(others, [
    { election: "bupati-2024#drill-1", drill: true },
    { election: "gubernur-2024", drill: false },
  ]);
  assert.deepEqual([...elections.pictureOf(rows, "").values()], [real]);
  assert.deepEqual([...elections.pictureOf(rows, "gubernur-2024")], [["17.02", second]]);
  assert.equal(elections.shownOf("gubernur-2024", rows), "gubernur-2024");
});

test("who looks at an election that is over comes back to the first", () => {
  assert.equal(elections.shownOf("gubernur-2024", mapped(real, drill)), "");
});

test("where all is a drill, the drill is shown", () => {
  assert.equal(elections.shownOf("", mapped(drill)), "bupati-2024#drill-1");
});

test("an alert is counted in the picture of its own election", () => {
  const others = elections.othersIn(mapped(real, drill));
  const ofDrill = { election: "bupati-2024#drill-1" };
  assert.equal(elections.belongsTo(ofDrill, "", others), false);
  assert.equal(elections.belongsTo(ofDrill, "bupati-2024#drill-1", others), true);
  assert.equal(elections.belongsTo({ election: "bupati-2024" }, "", others), true);
});
