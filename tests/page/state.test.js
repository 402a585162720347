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
