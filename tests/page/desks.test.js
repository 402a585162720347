// Pure parts of the alert's page, the desks and the form.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  actOf,
  actsOf,
  bodyOf,
  confirmOf,
  kindFor,
  levelsAbove,
  levelsFor,
  shelfChoices,
  shelfEnd,
} from "../../streams/room/page/acts.js";

const levels = ["tps", "polsek", "polres_ops", "polres", "polda"].map((code) => ({
  code,
  name: { id: code, en: code },
}));
const everything = [
  "ack",
  "unack",
  "escalate",
  "shelve",
  "unshelve",
  "resolve",
  "reopen",
  "note",
  "confirm_report",
  "dispatch",
  "release",
  "confirm_seal",
];
const alert = (change = {}) => ({
  id: "1702-AAAAAAAAAAAAAAAA",
  scope: { kind: "tps", code: "17.02.07.2012-003" },
  severity: "high",
  state: "unacknowledged",
  ladder: "OPS",
  levels,
  level: "polsek",
  may: everything,
  ...change,
});
const operator = { role: "operator", may: everything };
const around = (change = {}) => ({ session: operator, link: "live", reports: [], ...change });
const named = (acts) => Object.fromEntries(acts.map((act) => [act.kind, act]));

test("what is open to an operator has no reason against it", () => {
  const acts = named(actsOf(alert(), around()));
  for (const kind of ["ack", "escalate", "dispatch", "note", "resolve", "shelve"]) {
    assert.equal(acts[kind].isOpen, true, kind);
    assert.equal(acts[kind].because, null);
  }
  assert.deepEqual(
    ["unack", "unshelve", "reopen", "close_case", "confirm"].filter((kind) => acts[kind]),
    [],
  );
});

test("a forbidden act keeps its place and says why", () => {
  const critical = alert({
    severity: "critical",
    may: everything.filter((kind) => kind !== "shelve"),
  });
  assert.deepEqual(named(actsOf(critical, around())).shelve.because, ["alert.not_critical", {}]);
  const viewer = { role: "viewer", may: [] };
  const acts = actsOf(alert({ may: [] }), around({ session: viewer }));
  assert.ok(acts.length > 4);
  assert.ok(
    acts.every((act) => act.because[0] === "alert.not_role" && act.because[1].role === "viewer"),
  );
  const top = alert({ level: "polda" });
  assert.deepEqual(named(actsOf(top, around())).escalate.because, ["alert.not_top", {}]);
  const shelved = alert({ state: "shelved" });
  assert.deepEqual(named(actsOf(shelved, around())).escalate.because, [
    "alert.not_state",
    { state: "shelved" },
  ]);
  const elsewhere = alert({ may: [] });
  assert.deepEqual(named(actsOf(elsewhere, around())).ack.because, ["alert.not_here", {}]);
});

test("without a server nothing is open", () => {
  const acts = actsOf(alert(), around({ link: "offline" }));
  assert.ok(acts.every((act) => !act.isOpen && act.because[0] === "alert.not_offline"));
});

test("what is acknowledged is taken back, not acknowledged again; what is over is reopened", () => {
  const held = named(actsOf(alert({ state: "acknowledged" }), around()));
  assert.equal(held.ack, undefined);
  assert.equal(held.unack.isOpen, true);
  const over = named(actsOf(alert({ state: "resolved", may: ["reopen", "note"] }), around()));
  assert.equal(over.reopen.isOpen, true);
  assert.equal(over.resolve.isOpen, false);
});

test("confirming is of a person, a seal, or a report that still waits", () => {
  const officer = alert({ scope: { kind: "officer", code: "officer:17.02/P-11" } });
  assert.deepEqual(confirmOf(officer), { command: "confirm_identity", officer: "P-11" });
  assert.deepEqual(confirmOf(alert({ scope: { kind: "box", code: "box:17.02/TPS#1" } })), {
    command: "confirm_seal",
  });
  const mine = { report: { id: "r1", alert: alert().id, status: "placed" } };
  const counted = { report: { id: "r2", alert: alert().id, status: "confirmed" } };
  assert.deepEqual(confirmOf(alert(), [mine, counted]).reports, [mine]);
  assert.equal(confirmOf(alert(), [counted]), null);
  const confirm = named(actsOf(alert({ may: [] }), around({ reports: [mine] }))).confirm;
  assert.equal(confirm.command, "confirm_report");
  assert.equal(confirm.isOpen, true, "reports are no alerts: the row does not tell of them");
  assert.deepEqual(bodyOf(confirm, alert(), { report: "r1", reason: "" }), { report: "r1" });
});

test("shelving never goes beyond its limit", () => {
  assert.equal(Math.max(...shelfChoices([alert({ severity: "critical" }), alert()])), 15);
  assert.equal(Math.max(...shelfChoices([alert()])), 60);
  const now = 1_732_691_107_900;
  assert.ok(shelfEnd(now, 60) <= now + 60 * 60_000);
  assert.deepEqual(
    levelsAbove(alert()).map((one) => one.code),
    ["polres_ops", "polres", "polda"],
  );
});

test("several are escalated to levels that all of them have", () => {
  const codes = (...rows) => levelsFor(rows).map(({ code }) => code);
  assert.deepEqual(codes(alert(), alert({ level: "polres_ops" })), ["polres", "polda"]);
  assert.deepEqual(codes(alert(), alert({ level: "polda" })), []);
  const adm = alert({ ladder: "ADM", levels: levels.slice(0, 1), level: "tps" });
  assert.deepEqual(codes(alert(), adm), []);
});

test("an act without a button says why all the same, and a key wakes what it put aside", () => {
  const held = alert({ state: "acknowledged" });
  assert.deepEqual(actOf("ack", held, around()).because, [
    "alert.not_state",
    { state: "acknowledged" },
  ]);
  const shelved = alert({ state: "shelved" });
  assert.equal(kindFor("shelve", [shelved]), "unshelve");
  assert.equal(kindFor("shelve", [shelved, alert()]), "shelve");
  assert.equal(kindFor("ack", [shelved]), "ack");
});

test("release is offered where somebody was sent, and nowhere else", () => {
  const commander = { role: "commander", may: everything };
  const offers = (row) =>
    actsOf(row, { session: commander, link: "live", reports: [] }).some(
      ({ kind, isOpen }) => kind === "release" && isOpen,
    );
  assert.equal(offers(alert()), false);
  assert.equal(offers(alert({ sent: [] })), false);
  assert.equal(offers(alert({ sent: [["pair", "P03"]] })), true);
  assert.equal(offers(alert({ sent: [["pair", "P03"]], state: "resolved" })), false);
});
