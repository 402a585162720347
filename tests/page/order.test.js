// Who stands where in the queue.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as order from "../../streams/room/page/order.js";
import { NOW, at, row } from "./rows.js";

const { linesOf } = order;
const ids = (lines) => lines.filter((line) => line.kind === "row").map((line) => line.row.id);
const heads = (lines) => lines.filter((line) => line.kind === "head").map((line) => line.group);
const around = {
  now: NOW,
  user: "siti",
  placeOf: (code) => (code === "17.02.07.2012" ? "Tanjung Sanai" : code),
};
const passes = (alert, filters) =>
  order.passes(
    alert,
    { text: "", severity: "", level: "", rule: "", state: "open", area: "", ...filters },
    around,
  );

test("a missed deadline comes before severity, severity before age, age before the id", () => {
  const late = row({ severity: "low", due_at: at(-1) });
  const critical = row({ severity: "critical", level: "polres_ops" });
  const older = row({ severity: "high", level: "polsek", opened_at: at(-9) });
  const newer = row({ severity: "high", level: "polsek", opened_at: at(-2) });
  const lines = linesOf([newer, older, critical, late], NOW);
  assert.deepEqual(
    ids(lines),
    [late, critical, older, newer].map((each) => each.id),
  );
  assert.deepEqual(heads(lines), ["breached", "running"]);
});

test("the headings are the sort key, and count their rows", () => {
  const states = ["resolved", "inhibited", "shelved", "acknowledged", "returned", "unacknowledged"];
  const lines = linesOf(
    states.map((state) => row({ state })),
    NOW,
  );
  assert.deepEqual(heads(lines), [
    "running",
    "returned",
    "acknowledged",
    "shelved",
    "inhibited",
    "resolved",
  ]);
  assert.ok(lines.filter((line) => line.kind === "head").every((line) => line.count === 1));
});

test("climbed above its start, a deadline was missed; the server knows better", () => {
  assert.equal(order.isBreached(row({ severity: "high", level: "polres_ops" }), NOW), true);
  assert.equal(
    order.isBreached(row({ severity: "high", level: "polres_ops", climbed: false }), NOW),
    false,
  );
  const untold = row({ severity: "high", level: "polres_ops", climbed: null });
  assert.equal(order.isBreached(untold, NOW), true);
  assert.equal(order.isBreached(row({ severity: "critical", level: "polres_ops" }), NOW), false);
  assert.equal(order.isBreached(row({ state: "acknowledged", due_at: at(-3) }), NOW), false);
});

test("ages are compared across time zones", () => {
  const east = row({ opened_at: "2024-11-27T15:00:00+09:00" });
  const west = row({ opened_at: "2024-11-27T14:00:00+07:00" });
  assert.deepEqual(ids(linesOf([west, east], NOW)), [east.id, west.id]);
});

test("what a row counts to depends on its state", () => {
  assert.deepEqual(order.targetOf(row()), { kind: "due", at: at(10) });
  assert.deepEqual(order.targetOf(row({ due_at: null, level_at: at(-4) })), {
    kind: "top",
    at: at(-4),
  });
  assert.deepEqual(order.targetOf(row({ due_at: null })), { kind: "age", at: at(-5) });
  assert.deepEqual(order.targetOf(row({ due_at: null, severity: "low" })), {
    kind: "none",
    at: null,
  });
  assert.deepEqual(order.targetOf(row({ state: "acknowledged", act_by_at: at(3) })), {
    kind: "act",
    at: at(3),
  });
  assert.deepEqual(order.targetOf(row({ state: "shelved", shelved_until: at(9) })), {
    kind: "shelved",
    at: at(9),
  });
});

test("under a minute is soon; zero and later is not soon but late", () => {
  assert.equal(order.isSoon(row({ due_at: at(1) }), NOW), true);
  assert.equal(order.isSoon(row({ due_at: at(2) }), NOW), false);
  assert.equal(order.isSoon(row({ due_at: at(0) }), NOW), false);
});

test("each filter narrows, and the words of a search must all be found", () => {
  const alert = row({ severity: "high", level: "polsek", acknowledged_by: "siti" });
  assert.ok(passes(alert, {}));
  assert.ok(passes(alert, { severity: "high", level: "polsek", rule: "W01", area: "17.02" }));
  assert.ok(!passes(alert, { severity: "low" }));
  assert.ok(!passes(alert, { level: "polda" }));
  assert.ok(!passes(alert, { rule: "W0" }));
  assert.ok(!passes(alert, { area: "17.02.1" }));
  assert.ok(passes(alert, { text: "sanai KERUMUNAN w01" }));
  assert.ok(!passes(alert, { text: "sanai banjir" }));
  assert.ok(passes(alert, { state: "mine" }));
  assert.ok(!passes(row(), { state: "mine" }));
});

test("resolved and inhibited alerts are seen only by whom they are asked for", () => {
  for (const state of ["resolved", "inhibited"]) {
    assert.ok(!passes(row({ state }), {}));
    assert.ok(passes(row({ state }), { state }));
    assert.ok(passes(row({ state }), { state: "all" }));
  }
});

test("an area holds its TPS and desa, and not one whose code only begins alike", () => {
  assert.ok(order.isWithin("17.02.07.2012-003", "17.02.07.2012"));
  assert.ok(order.isWithin("17.02.07.2012", "17.02"));
  assert.ok(!order.isWithin("17.02.07", "17.0"));
});

test("in a flood three alike of medium or low roll up, high ones never", () => {
  const medium = [row(), row(), row()];
  const high = ["high", "high", "high"].map((severity) => row({ severity, level: "polsek" }));
  const lines = linesOf([...medium, ...high], NOW, { isFlood: true }).filter((line) => line.row);
  assert.deepEqual(
    lines.map((line) => line.alike.length),
    [0, 0, 0, 2],
  );
  const calm = linesOf(medium, NOW).filter((line) => line.row);
  assert.equal(calm.length, 3);
});

test("two alike do not roll up, nor those of another kecamatan", () => {
  const lines = linesOf([row(), row(), row({ place: "17.02.09.1001" })], NOW, { isFlood: true });
  assert.equal(ids(lines).length, 3);
});

test("a roll-up that somebody has opened shows its rows", () => {
  const rows = [row(), row(), row()];
  const [, line] = linesOf(rows, NOW, { isFlood: true });
  assert.equal(ids(linesOf(rows, NOW, { isFlood: true, opened: new Set([line.key]) })).length, 3);
});

test("a frozen queue keeps every place, counts what waits, and shows what has left", () => {
  const [first, second] = [row({ opened_at: at(-9) }), row()];
  const frozen = order.freeze(linesOf([first, second], NOW));
  const seen = new Map([first, second].map((each) => [each.id, each]));
  const news = row({ severity: "critical", level: "polres_ops" });
  const renewed = { ...second, severity: "high" };
  const over = row({ state: "resolved" });
  const all = [news, renewed, row(), over];
  const { lines, waiting, critical } = order.frozenLines(frozen, all, seen, NOW);
  assert.deepEqual(ids(lines), [first.id, second.id]);
  assert.equal(lines[2].row.severity, "high");
  assert.deepEqual([waiting, critical], [2, 1]);
});

test("who stands where a row stood that has left its group", () => {
  const lines = (text) => text.split(" ").map((one) => ({ id: one[0], group: one.slice(1) }));
  const before = lines("a1 b1 c1 d2");
  for (const [now, found] of [
    ["a1 b1 c1 d2", "b"],
    ["x1 a1 c1 b1 d2", "b"],
    ["a1 c1 d2 b3", "c"],
    ["a1 c2 d2", "d"],
    ["a1 c3 d3 b3", "a"],
    ["c3 a3", ""],
  ]) {
    assert.equal(order.inPlaceOf(before, lines(now), "b"), found, now);
  }
  assert.equal(order.inPlaceOf(before, lines("a1"), "unknown"), "unknown");
});

test("of ten thousand lines only those in sight are drawn, and the rest has its height", () => {
  const heights = Array(10_000).fill(43);
  const { first, last, above, below } = order.windowOf(heights, {
    top: 43_000,
    tall: 600,
    around: 430,
  });
  assert.equal(above, first * 43);
  assert.equal(above + below + (last - first) * 43, 430_000);
  assert.ok(first * 43 <= 43_000 && last * 43 >= 43_600);
  assert.ok(last - first < 40);
});

test("the window at the top and past the end holds what there is", () => {
  assert.deepEqual(order.windowOf([43, 43], { top: 0, tall: 500 }), {
    first: 0,
    last: 2,
    above: 0,
    below: 0,
  });
  assert.equal(order.windowOf([], { top: 900, tall: 500 }).last, 0);
});

test("only what has changed is sorted anew, and the order is that of sorting all", () => {
  const severities = ["low", "medium", "high", "critical"];
  const all = Array.from({ length: 400 }, (_, index) =>
    row({ severity: severities[(index * 7) % 4], opened_at: at(-((index * 37) % 90)) }),
  );
  const mapped = (rows) => new Map(rows.map((each) => [each.id, each]));
  const sorted = (rows) => ids(linesOf(rows, NOW));
  const first = order.reordered([], mapped(all));
  const changed = all
    .filter((_, index) => index % 5)
    .map((each, index) => (index % 3 ? each : { ...each, severity: "critical" }));
  const more = [...changed, ...Array.from({ length: 30 }, () => row({ severity: "high" }))];
  const next = order.reordered(first, mapped(more));
  assert.deepEqual(ids(linesOf(next, NOW, { isSorted: true })), sorted(more));
  assert.deepEqual(order.reordered(next, mapped(more)), next);
});
