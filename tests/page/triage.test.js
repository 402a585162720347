// The order of the triage desk, what is alike there, and what one key does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as sorting from "../../streams/room/page/sorting.js";

const report = (id, minute, change = {}) => ({
  report: {
    id,
    status: "open",
    received_at: `2024-11-27T14:${minute}:00+07:00`,
    at: `2024-11-27T14:${minute}:30+07:00`,
    area: "17.02",
    category: "KAM-01",
    suggestions: [],
    restricted_to: [],
    ...change,
  },
  candidates: [
    ["17.02.07.2012-003", "TPS 003"],
    ["17.02.07.2013", "Desa"],
  ],
  waits_because: { id: change.why ?? "tempatnya belum pasti", en: "" },
});
const idsOf = (rows) => rows.map((row) => row.report.id);
const severities = new Map(
  JSON.parse(
    readFileSync(new URL("../../streams/room/page/categories.json", import.meta.url)),
  ).map(({ code, severity }) => [code, severity]),
);

test("the gravest come first, and the oldest among them; the age alone if that is wanted", () => {
  const rows = [
    report("theft", "01", { category: "PID-01" }),
    report("riot", "04"),
    report("unknown", "00", { category: "" }),
    report("perhaps", "02", { category: "", suggestions: ["PID-01", "KAM-05"] }),
    report("late", "03", { category: "LOG-01" }),
  ];
  const inOrder = (order) => idsOf(sorting.arranged(rows, order, severities));
  assert.deepEqual(inOrder("gravest"), ["perhaps", "riot", "late", "theft", "unknown"]);
  assert.deepEqual(inOrder("oldest"), ["unknown", "theft", "perhaps", "late", "riot"]);
  assert.deepEqual(inOrder("newest"), inOrder("oldest").toReversed());
  assert.deepEqual(idsOf(sorting.arranged(rows, "gravest")), inOrder("oldest"));
});

test("what is decided is told apart, the newest first", () => {
  const done = (id, minute) => report(id, minute, { status: "rejected" });
  const rows = [done("d", "01"), report("a", "02"), done("e", "03")];
  assert.deepEqual(idsOf(sorting.decidedOf(rows)), ["e", "d"]);
  assert.deepEqual(idsOf(rows.filter(sorting.isWaiting)), ["a"]);
  assert.ok(sorting.isWaiting(report("p", "02", { status: "placed" })));
});

test("reports of one area, category and few stand together, wherever they come", () => {
  const rows = [
    report("a", "01"),
    report("b", "02", { category: "LOG-01" }),
    report("d", "04"),
    report("c", "03"),
    report("e", "05", { restricted_to: ["propam"] }),
    report("f", "06", { area: "17.02.07.2012" }),
    report("g", "07", { category: "" }),
    report("h", "08", { category: "" }),
  ];
  const groups = sorting.groupsOf(rows);
  assert.deepEqual(
    groups.map(({ first, others }) => [first.report.id, idsOf(others)]),
    [
      ["a", ["c", "d"]],
      ["b", []],
      ["e", []],
      ["f", []],
      ["g", []],
      ["h", []],
    ],
  );
  assert.deepEqual(idsOf(sorting.alikeOf(rows[2], groups)), ["a", "c"]);
  assert.deepEqual(sorting.alikeOf(report("x", "01"), groups), []);
});

test("what was decided meanwhile is not decided together with others", () => {
  const done = report("c", "02", { status: "confirmed" });
  const rows = [report("a", "01"), done, report("d", "04")];
  assert.deepEqual(idsOf(sorting.alikeOf(rows[0], sorting.groupsOf(rows))), ["d"]);
});

test("the desk is narrowed by category, by reason, by words", () => {
  const rows = [
    report("a", "01"),
    report("b", "02", { category: "", why: "jenisnya belum pasti" }),
    report("c", "03", { category: "LOG-01" }),
  ];
  const said = { a: "Massa saling lempar di Curup", b: "Kapan tutup?", c: "Logistik belum tiba" };
  const found = (change) =>
    idsOf(
      rows.filter((row) =>
        sorting.isMeant(row, { ...sorting.wholeDesk, ...change }, ({ report: { id } }) => said[id]),
      ),
    );
  assert.deepEqual(found({}), ["a", "b", "c"]);
  assert.deepEqual(found({ category: "LOG-01" }), ["c"]);
  assert.deepEqual(found({ category: "-" }), ["b"], "those of which none is known");
  assert.deepEqual(found({ why: "jenisnya belum pasti" }), ["b"]);
  assert.deepEqual(found({ text: " curup LEMPAR " }), ["a"]);
  assert.deepEqual(found({ text: "lempar tiba" }), []);
  const choices = sorting.choicesOf(rows, ({ report: one }) => one.category || "-");
  assert.deepEqual(
    choices.map(([value, , count]) => [value, count]),
    [
      ["KAM-01", 1],
      ["-", 1],
      ["LOG-01", 1],
    ],
  );
});

test("one goes on by a key, and back where what is left is over and nothing follows", () => {
  const order = ["a", "b", "c"];
  assert.equal(sorting.steppedTo(order, "b", 1), "c");
  assert.equal(sorting.steppedTo(order, "a", -1), "a");
  assert.equal(sorting.steppedTo(order, "c", 1), "c");
  assert.equal(sorting.steppedTo(order, "c", 1, true), "b");
  assert.equal(sorting.steppedTo(["c"], "c", 1, true), "");
  assert.equal(sorting.steppedTo(order, "", 1), "a");
  assert.equal(sorting.steppedTo([], "", 1), "");
});

test("one key places a report in a TPS or a desa", () => {
  const row = report("a", "01");
  assert.deepEqual(sorting.placing("a", sorting.candidateOf(row, "1")[0]), {
    report: "a",
    tps: "17.02.07.2012-003",
  });
  assert.deepEqual(sorting.placing("a", sorting.candidateOf(row, 2)[0], "KAM-01"), {
    report: "a",
    area: "17.02.07.2013",
    category: "KAM-01",
  });
  assert.equal(sorting.candidateOf(row, 3), undefined);
});
