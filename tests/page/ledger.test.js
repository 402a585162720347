// The arithmetic of an alert, its evidence and its ladder, as lines of its page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { deedOf, writtenOf } from "../../streams/room/page/alertnotes.js";
import {
  counterfactual,
  evidenceOf,
  lateMinutes,
  ledgerOf,
  senderOf,
  stepsOf,
  voiceOf,
} from "../../streams/room/page/ledger.js";

test("whoever did it is told with the line or apart, and no deed is left out", () => {
  const deed = (more) => ({ at: "2024-11-27T14:05:00+07:00", by: "posko-1", text: "", ...more });
  const silent = deed({ cause: "command:1", kind: "escalate", sent: "" });
  const lost = deed({ cause: "command:2", kind: "confirm_seal", sent: "" });
  const sent = deed({ cause: "command:3", kind: "dispatch", sent: "P11" });
  const line = { cause: "command:1" };
  const page = { deeds: [silent, lost, sent], notes: [], lines: [[line, {}]] };
  assert.equal(deedOf(page, line), silent);
  assert.equal(deedOf(page, { cause: "deadline" }), undefined);
  assert.deepEqual(writtenOf(page), [lost, sent]);
});

test("evidence without a source is nobody's", () => {
  assert.equal(senderOf({ topic: "crowd.reports" }), "");
  assert.equal(senderOf({ topic: "tps.status" }), "");
});

test("the ledger measures figures, and leaves words alone", () => {
  const why = [
    { check: "score", value: 2.92, threshold: 2, holds: true },
    { check: "class", value: "sangat_rawan", holds: true },
  ];
  const [score, kind] = ledgerOf(why, [[{ id: "nilai", en: "weight" }, true]]);
  assert.deepEqual([score.gap, score.share, score.text.id], [0.92, 1, "nilai"]);
  assert.deepEqual([kind.gap, kind.threshold, kind.holds], [null, null, true]);
  assert.deepEqual(counterfactual([score], "sangat_rawan"), {
    threshold: 3,
    wouldFire: false,
    short: 0.08,
  });
  assert.equal(counterfactual([score], "rawan"), null);
  assert.equal(counterfactual([kind], "khusus"), null);
});

test("facts have no mark and no gap, whatever the judgment says of them", () => {
  const why = [
    { check: "shortfall", value: 2, holds: true },
    { check: "officers_asked", value: 7, threshold: 5, holds: true },
    { check: "limit_minutes", value: 90, holds: true },
    { check: "voices", value: 1, threshold: 2, holds: false },
    { check: "documented", value: false, holds: false },
  ];
  const found = ledgerOf(why).map(({ check, isFact, gap }) => [check, isFact, gap]);
  assert.deepEqual(found, [
    ["shortfall", true, null],
    ["officers_asked", true, null],
    ["limit_minutes", true, null],
    ["voices", false, -1],
    ["documented", false, null],
  ]);
});

test("what the journal adds stands beside its evidence, and goes before the desk's word", () => {
  const at = "2024-11-27T14:00:00+07:00";
  const evidence = [
    { topic: "crowd.reports", id: "a", source: "w", at, offset: "2:1" },
    { topic: "crowd.reports", id: "b", source: "w", at, offset: "2:2" },
  ];
  const desk = [{ report: { evidence: evidence[0], received_at: at, channel: "sms" } }];
  const late = "2024-11-27T14:05:00+07:00";
  const rows = [
    { received_at: late, role: "warga", weight: 1, is_repeat: false },
    { received_at: null, role: null, weight: 0, is_repeat: true },
  ];
  const [first, second] = evidenceOf(evidence, [], desk, rows);
  assert.deepEqual(
    [first.receivedAt, first.late, first.role, first.weight, first.isRepeat],
    [late, 5, "warga", 1, false],
  );
  assert.deepEqual([second.receivedAt, second.role, second.isRepeat], [null, "", true]);
  const [before] = evidenceOf(evidence, [], desk);
  assert.deepEqual([before.receivedAt, before.weight], [at, null]);
});

test("evidence has its three times, and of a reporter only a mark", () => {
  const evidence = [
    {
      topic: "crowd.reports",
      id: "a",
      source: "tel-9f3a",
      at: "2024-11-27T13:46:28+07:00",
      offset: "2:88410",
    },
    {
      topic: "tps.status",
      id: "b",
      source: "P11",
      at: "2024-11-27T14:04:20+07:00",
      offset: "3:12907",
    },
  ];
  const line = [
    { at: "2024-11-27T14:03:22+07:00", cause: "2:88410" },
    { id: "muncul", en: "opened" },
  ];
  const report = {
    report: {
      evidence: { id: "a", source: "tel-9f3a" },
      received_at: "2024-11-27T14:03:19+07:00",
      channel: "sms",
    },
  };
  const [first, second] = evidenceOf(evidence, [line], [report]);
  assert.equal(first.late, 16);
  assert.equal(first.led, line);
  assert.match(first.sender, /^#[0-9a-f]{4}$/);
  assert.equal(first.sender, voiceOf("tel-9f3a"));
  assert.deepEqual([second.sender, second.receivedAt, second.led], ["P11", null, null]);
  assert.notEqual(senderOf(evidence[0]), voiceOf("tel-0b52"));
  assert.equal(lateMinutes("2024-11-27T14:03:00+07:00", "2024-11-27T14:04:59+07:00"), 0);
});

test("of the ladder the last that was told stands out, and who is due is named", () => {
  const told = [
    { ladder: "OPS", at: "a", due_at: null },
    { ladder: "OPS", at: "b", due_at: null },
    { ladder: "ADM", at: "b", due_at: null },
    { ladder: "OPS", at: null, due_at: "c" },
    { ladder: "OPS", at: null, due_at: null },
  ];
  const { own, others } = stepsOf(told, "OPS");
  assert.deepEqual(
    own.map((one) => one.stands),
    ["told", "last", "due", "never"],
  );
  // Who was told beside the ladder is no step of it, however late that was.
  assert.deepEqual(
    others.map((one) => [one.ladder, one.stands]),
    [["ADM", "told"]],
  );
});
