// The printed sheets: handover and situation.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  boxesOf,
  byArea,
  countsOf,
  dueSoon,
  handoverOf,
  openCountsOf,
  stagesOf,
  strengthOf,
  tenseOf,
  totalsOf,
} from "../../streams/room/page/sheets.js";

const NOW = Date.parse("2024-11-27T14:05:07+07:00");
const at = (clock) => `2024-11-27T${clock}:00+07:00`;

const row = (id, change) => ({
  id,
  severity: "high",
  state: "unacknowledged",
  opened_at: at("13:00"),
  due_at: at("14:10"),
  place: "17.02.07.2012-003",
  levels: [{ code: "tps" }, { code: "polsek" }, { code: "polres_ops" }],
  level: "polsek",
  acknowledged_by: null,
  act_by_at: null,
  shelved_until: null,
  ...change,
});

test("a shift hands over every open alert once", () => {
  const rows = [
    row("overdue", { due_at: at("14:00") }),
    row("running", {}),
    row("mine", { state: "acknowledged", acknowledged_by: "me" }),
    row("theirs", { state: "acknowledged", acknowledged_by: "you" }),
    row("shelved", { state: "shelved", shelved_until: at("14:30") }),
    row("quiet", { state: "returned" }),
    row("over", { state: "resolved" }),
  ];
  const parts = handoverOf(rows, "me", NOW);
  const ids = Object.fromEntries(
    Object.entries(parts).map(([name, its]) => [name, its.map((one) => one.id)]),
  );
  assert.deepEqual(ids, {
    overdue: ["overdue"],
    running: ["running"],
    mine: ["mine"],
    others: ["theirs"],
    shelved: ["shelved"],
    quiet: ["quiet"],
  });
  assert.deepEqual(
    dueSoon(rows, NOW, 15).map((one) => one.id),
    ["overdue", "running"],
  );
  assert.equal(countsOf(rows).high.all, 6);
});

test("open are also those that another holds back, and it is said how many", () => {
  const rows = [
    row("a", {}),
    row("b", { state: "inhibited" }),
    row("c", { state: "resolved" }),
    row("d", { state: "shelved" }),
  ];
  assert.deepEqual(openCountsOf(rows), { count: 3, inhibited: 1 });
});

test("a sheet goes by area, the gravest first within", () => {
  const rows = [
    row("a", { place: "17.02.07" }),
    row("b", { place: "17.02.01.2003-003" }),
    row("c", { place: "17.02.07.2012" }),
  ];
  assert.deepEqual(
    byArea(rows).map(({ code, rows: its }) => [code, its.length]),
    [
      ["17.02.01", 1],
      ["17.02.07", 2],
    ],
  );
});

test("figures of the situation are sums of the kabupaten, without drills", () => {
  const one = {
    kind: "kabupaten",
    code: "17.02",
    drill: false,
    tps: 445,
    silent: 12,
    never_heard: 0,
    raised: 1,
    triage: 2,
    boxes_away: 3,
    stages: { voting: 400, closed: 45 },
    expected: { closed: 60 },
    colour: "kuning",
    strength: [
      { name: "A", needed: 0, free: 4 },
      { name: "B", needed: 4, free: 4 },
    ],
    boxes: [
      { box: "1", due_at: null },
      { box: "2", due_at: at("14:00") },
    ],
  };
  const drill = { ...one, code: "17.03", drill: true };
  const kecamatan = { ...one, kind: "kecamatan", code: "17.02.07", colour: "merah" };
  const desa = { ...one, kind: "desa", code: "17.02.07.2012" };
  const all = [one, drill, kecamatan, desa];
  assert.deepEqual([totalsOf(all).tps, totalsOf(all).boxesAway], [445, 3]);
  const stages = Object.fromEntries(stagesOf(all).map((each) => [each.stage, each]));
  assert.deepEqual(
    [stages.voting.count, stages.closed.expected, stages.counted.count],
    [400, 60, 0],
  );
  assert.deepEqual(
    [stages.voting.reached, stages.closed.reached, stages.not_open.reached],
    [445, 45, null],
  );
  assert.ok(stagesOf([{ ...one, expected: null }]).every((each) => each.expected === null));
  assert.deepEqual(
    tenseOf(all.filter((each) => !each.drill)).map((each) => each.code),
    ["17.02.07", "17.02"],
  );
  assert.deepEqual(
    strengthOf(all).map((each) => each.name),
    ["B", "A"],
  );
  assert.deepEqual(
    boxesOf(all).map((each) => each.box),
    ["2", "1"],
  );
});
