// How a snapshot and a delta change what the page knows.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as state from "../../streams/room/page/state.js";
import { row } from "./rows.js";

const area = (code, name, more = {}) => ({ kind: "kecamatan", code, name, drill: false, ...more });
const snapshot = (more = {}) => ({ alerts: [], areas: [], tps: [], names: {}, ...more });

test("a snapshot replaces everything, a delta what it names", () => {
  const [kept, gone, changed] = [row(), row(), row()];
  state.takeSnapshot(snapshot({ alerts: [kept, gone, changed] }));
  const renewed = { ...changed, state: "acknowledged" };
  const before = state.alerts.value;
  state.takeDelta({ alerts: { put: [renewed], gone: [gone.id] }, opened_lately: 3 });
  assert.deepEqual([...state.alerts.value.values()], [kept, renewed]);
  assert.notEqual(state.alerts.value, before);
  assert.equal(state.openedLately.value, 3);
  state.takeSnapshot(snapshot());
  assert.equal(state.alerts.value.size, 0);
});

test("a delta that names no rows leaves the maps as they are, so nothing is rendered", () => {
  state.takeSnapshot(snapshot({ alerts: [row()] }));
  const before = state.alerts.value;
  state.takeDelta({ areas: { put: [area("17.02.07", "Padang Ulak Tanding")] } });
  assert.equal(state.alerts.value, before);
});

test("names are learnt from pictures, and stay the same object while no name changes", () => {
  state.takeSnapshot(
    snapshot({ areas: [area("17.02.07", "Padang")], names: { "17.02": "Rejang Lebong" } }),
  );
  const before = state.names.value;
  state.takeDelta({ areas: { put: [area("17.02.07", "Padang", { silent: 4 })] } });
  assert.equal(state.names.value, before);
  state.takeDelta({ areas: { put: [area("17.02.07.2012", "Tanjung Sanai I")] } });
  assert.equal(state.placeOf("17.02.07.2012-003"), "TPS 003 Tanjung Sanai I · Padang");
  assert.equal(state.placeOf("17.02.07.2012"), "Tanjung Sanai I · Padang");
  assert.equal(state.placeOf("17.02"), "Rejang Lebong");
});

test("a page is a drill only where all that it shows is one", () => {
  const areas = (...drills) =>
    drills.map((drill, index) => area(`17.02.0${index}`, "x", { drill }));
  for (const [drills, kind] of [
    [[false], "none"],
    [[true, false], "some"],
    [[true, true], "all"],
  ]) {
    state.takeSnapshot(snapshot({ areas: areas(...drills) }));
    assert.equal(state.drillKind.value, kind);
    assert.equal(state.drill.value, kind === "all");
  }
});

test("what stands still is one map until another does, found from within and above", () => {
  const tell = (...still) => state.takeClock({ now_ms: 1_000_000, is_live: true, still });
  tell(["36.05", 700], ["36.04", 900], ["32.01", 950]);
  const before = state.still.value;
  tell(["36.05", 700], ["36.04", 900], ["32.01", 950]);
  assert.equal(state.still.value, before);
  const codesIn = (code) => state.stillIn(code).map(([found]) => found);
  assert.deepEqual(codesIn("36"), ["36.05", "36.04"]);
  assert.deepEqual(codesIn("36.05"), ["36.05"]);
  assert.deepEqual(codesIn("36.05.01"), ["36.05"]);
  assert.deepEqual([...codesIn("36.06"), ...codesIn("3"), ...codesIn("36.0")], []);
  tell();
  assert.deepEqual(codesIn("36"), []);
});

test("now runs on between clocks while they come, and stands when they do not", () => {
  state.takeClock({ now_ms: 1_000_000, heard_ms: 999_000, is_live: true }, performance.now() - 900);
  state.link.value = "live";
  const now = state.nowMs();
  assert.ok(now >= 1_000_900 && now < 1_002_000, String(now));
  state.link.value = "stale";
  assert.equal(state.nowMs(), 1_000_000);
});

test("what is kept for a page without a server is a snapshot", () => {
  const alert = row();
  state.takeSnapshot(
    snapshot({ alerts: [alert], areas: [area("17.02", "Rejang Lebong")], zoom: "17.02" }),
  );
  const kept = state.snapshotNow();
  state.takeSnapshot(snapshot());
  state.takeSnapshot(kept);
  assert.deepEqual([...state.alerts.value.values()], [alert]);
  assert.equal(state.zoom.value, "17.02");
});

const session = (user, more = {}) => ({ user, area: "", csrf: "word", ...more });

test("whoever goes takes with him what he saw and chose", () => {
  const gone = [];
  const stop = state.onLogout(() => gone.push(state.session.value.user));
  state.enter(session("propam-1"));
  state.takeSnapshot(snapshot({ alerts: [row()], areas: [area("17.02", "Rejang Lebong")] }));
  state.selected.value = new Set(["a"]);
  state.filters.value = { ...state.noFilters, text: "a name" };
  state.enter(null);
  assert.deepEqual(gone, ["propam-1"]);
  for (const table of [state.alerts, state.areaRows]) assert.equal(table.value.size, 0);
  for (const value of [state.selected.value.size, state.filters.value.text, state.clock.value]) {
    assert.ok(!value, String(value));
  }
  assert.deepEqual(state.names.value, {});
  state.enter(null);
  stop();
  assert.equal(gone.length, 1);
});

test("a snapshot of another person leaves nothing of the one before", () => {
  const own = row();
  state.takeSnapshot(snapshot({ session: session("propam-1"), alerts: [row()] }));
  state.selected.value = new Set(["a"]);
  state.takeSnapshot(snapshot({ session: session("pemda"), alerts: [own] }));
  assert.deepEqual([...state.alerts.value.values()], [own]);
  assert.equal(state.selected.value.size, 0);
  state.enter(null);
});

test("another snapshot of the same person leaves what he has chosen", () => {
  const own = row();
  const again = () => snapshot({ session: session("posko-1"), alerts: [own] });
  state.takeSnapshot(again());
  state.current.value = own.id;
  state.selected.value = new Set([own.id]);
  state.takeSnapshot(again());
  assert.equal(state.current.value, own.id);
  assert.deepEqual([...state.selected.value], [own.id]);
  state.enter(null);
});

test("a clock that was kept tells when it came here, not when it was read again", () => {
  state.takeClock({ now_ms: 1_000_000, is_live: true, here_ms: 5_000, came: 1 });
  assert.equal(state.clock.value.here_ms, 5_000);
  assert.ok(state.clock.value.came > 1);
  state.takeClock({ now_ms: 1_000_000, is_live: true });
  assert.ok(Date.now() - state.clock.value.here_ms < 1_000);
});

test("a session goes on for who has it, and for nobody else", () => {
  state.enter({ user: "posko-1", csrf: "word", expires_ms: 1_000 });
  state.renew({ user: "pemda", expires_ms: 3_000 });
  assert.equal(state.session.value.expires_ms, 1_000);
  state.renew({ user: "posko-1", expires_ms: 2_000 });
  assert.deepEqual(state.session.value, { user: "posko-1", csrf: "word", expires_ms: 2_000 });
  state.enter(null);
  state.renew({ user: "posko-1", expires_ms: 4_000 });
  assert.equal(state.session.value, null);
});

test("a page is of the room's version until the room says of another", () => {
  const told = (version) => ({ user: "posko-1", version });
  assert.equal(state.isOfOther("", told("2")), false, "a page of no version");
  assert.equal(state.isOfOther("1", told("")), false, "a room of no version");
  assert.equal(state.isOfOther("1", null), false);
  assert.equal(state.isOfOther("1", told("1")), false);
  assert.equal(state.isOfOther("1", told("2")), true);
});
