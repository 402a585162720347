// What is counted over all alerts, in one walk.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nextOf, soonOf, surveyOf } from "../../streams/room/page/survey.js";
import { NOW, at, row } from "./rows.js";

test("the numbers count what is open, and what climbs within five minutes", () => {
  const rows = [
    row({ due_at: at(4) }),
    row({ state: "resolved" }),
    row({ severity: "high", due_at: at(-1) }),
    row({ state: "acknowledged" }),
  ];
  const counts = surveyOf(rows, NOW);
  assert.deepEqual(
    [counts.medium, counts.high, counts.waiting, counts.breached, soonOf(counts.dues, NOW)],
    [2, 1, 2, 1, 1],
  );
});

test("the next turn is the next deadline that is still to come", () => {
  const rows = [row({ due_at: at(9) }), row({ due_at: at(2) }), row({ due_at: at(-2) })];
  assert.equal(nextOf(surveyOf(rows, NOW).dues, NOW), Date.parse(at(2)));
  assert.equal(nextOf(surveyOf([row({ state: "acknowledged" })], NOW).dues, NOW), Infinity);
});

test("the worst that nobody has acknowledged is heard", () => {
  const worst = (...rows) => surveyOf(rows, NOW).worst;
  assert.equal(worst(row({ severity: "low" }), row({ severity: "high" })), "high");
  assert.equal(worst(row({ severity: "critical", state: "acknowledged" })), null);
});

test("the newest critical one that nobody has taken is the one to tell", () => {
  const old = row({ severity: "critical", opened_at: at(-9) });
  const young = row({ severity: "critical", opened_at: at(-1) });
  const taken = row({ severity: "critical", opened_at: at(0), state: "acknowledged" });
  assert.equal(surveyOf([old, young, taken, row()], NOW).newest, young);
  const west = row({ severity: "critical", opened_at: "2024-11-27T13:59:00+07:00" });
  const east = row({ severity: "critical", opened_at: "2024-11-27T15:01:00+09:00" });
  assert.equal(surveyOf([west, east], NOW).newest, west, "moments are not their texts");
});

test("mine are those that I have taken and that are not over", () => {
  const mine = (state) => row({ state, acknowledged_by: "siti" });
  const rows = [mine("acknowledged"), mine("shelved"), mine("resolved"), row()];
  assert.equal(surveyOf(rows, NOW, "siti").mine, 2);
});
