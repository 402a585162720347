// How far the day is: what is reached and expected, and the figures of the panels.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as expect from "../../streams/room/page/expect.js";
import { boxNumbers, isShort, sharesOf, waitingBy } from "../../streams/room/page/figures.js";
import { area } from "./rows.js";

const at = (time) => Date.parse(`2024-11-27T${time}+07:00`);
test("a stage is reached by all that stand at it or beyond", () => {
  const stages = {
    not_open: 2,
    postponed: 1,
    suspended: 1,
    voting: 3,
    closed: 4,
    counted: 5,
    box_in: 6,
  };
  assert.equal(expect.reachedBy(stages, "voting"), 19);
  assert.equal(expect.reachedBy(stages, "counting"), 11);
  assert.equal(expect.reachedBy(stages, "box_in"), 6);
});

test("a line has a gap only where something is expected, and is behind only by much", () => {
  const lines = expect.progressOf(
    area("17.02", { tps: 100, stages: { closed: 90 }, expected: { closed: 93, voting: 91 } }),
  );
  const of = (step) => lines.find((line) => line.step === step);
  assert.equal(of("closed").gap, -3);
  assert.ok(expect.isBehind(of("closed")));
  assert.ok(!expect.isBehind(of("voting")));
  assert.equal(of("counting").gap, null);
  assert.ok(!expect.isBehind(of("counting")));
});

test("the curve is what was told until now, and the present number at its end", () => {
  const points = [
    [at("13:10:00"), 1],
    [at("13:40:00"), 2],
    [at("14:10:00"), 9],
  ];
  assert.deepEqual(expect.reachedCurve(points, at("14:00:00"), 3), [
    [at("13:09:00"), 0],
    [at("13:10:00"), 1],
    [at("13:40:00"), 2],
    [at("14:00:00"), 3],
  ]);
});

test("one that is interrupted does not let the curve fall", () => {
  const curve = expect.reachedCurve([[at("13:10:00"), 4]], at("14:00:00"), 3);
  assert.deepEqual(curve.at(-1), [at("14:00:00"), 4]);
});

test("a number that nobody has told of yet is a curve as well, and none is none", () => {
  const now = at("07:00:20");
  assert.deepEqual(expect.reachedCurve([], now, 2), [
    [now - 60_000, 0],
    [now, 2],
  ]);
  assert.deepEqual(expect.reachedCurve(undefined, now, 0), []);
});

test("until somebody counts, or should, opening and closing are drawn", () => {
  const curve = { reached: { counting: [[at("13:10:00"), 1]] }, expected: {} };
  assert.deepEqual(expect.stepsShown(curve, at("13:00:00")), ["voting", "closed"]);
  assert.deepEqual(expect.stepsShown(curve, at("13:10:00")), ["counting", "counted"]);
  const due = { reached: {}, expected: curve.reached };
  assert.deepEqual(expect.stepsShown(due, at("13:10:00")), ["counting", "counted"]);
  assert.deepEqual(expect.stepsShown({ reached: {}, expected: {} }, at("20:00:00")), [
    "voting",
    "closed",
  ]);
});

test("what is expected is drawn over the whole axis, also what is still to come", () => {
  const points = [
    [at("11:00:00"), 3],
    [at("13:00:00"), 5],
    [at("19:00:00"), 9],
  ];
  const span = { from: at("12:00:00"), to: at("16:00:00") };
  assert.deepEqual(expect.expectedCurve(points, span), [
    [at("12:00:00"), 3],
    [at("13:00:00"), 5],
    [at("16:00:00"), 5],
  ]);
  assert.deepEqual(expect.expectedCurve(points, { from: 0, to: at("10:00:00") }), []);
  assert.deepEqual(expect.expectedCurve(undefined, span), []);
});

test("curves on one axis keep their last value until their own end", () => {
  const [times, one, other] = expect.aligned([
    [
      [1, 5],
      [3, 6],
    ],
    [[2, 7]],
  ]);
  assert.deepEqual(
    [times, one, other],
    [
      [1, 2, 3],
      [5, 5, 6],
      [null, 7, null],
    ],
  );
});

test("the axis begins at a whole hour and has room after now", () => {
  const now = at("14:05:00");
  const { from, to } = expect.spanOf([[[at("12:20:00"), 1]]], now);
  assert.equal(from, at("12:00:00"));
  assert.ok(to - from >= 4 * 3_600_000 && to > now);
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
  const box = {
    left_at: "2024-11-27T12:41:00+07:00",
    due_at: "2024-11-27T13:56:00+07:00",
    limit_minutes: 75,
    escorts: 0,
  };
  assert.deepEqual(boxNumbers(box, at("14:05:00")), {
    minutes: 84,
    limit: 75,
    isLate: true,
    isAlone: true,
  });
  const free = boxNumbers(
    { ...box, due_at: null, limit_minutes: null, escorts: 2 },
    at("14:05:00"),
  );
  assert.deepEqual([free.limit, free.isLate, free.isAlone], [null, false, false]);
});

test("what waits is grouped by why, the most first, and what is decided does not wait", () => {
  const because = (id) => ({ id, en: id });
  const row = (why, status = "open") => ({ report: { status }, waits_because: because(why) });
  const groups = waitingBy([row("place"), row("category"), row("place"), row("place", "rejected")]);
  assert.deepEqual(
    groups.map(([{ id }, count]) => [id, count]),
    [
      ["place", 2],
      ["category", 1],
    ],
  );
});
