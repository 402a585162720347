// A snapshot in parts, and whole again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inParts, read, whole } from "../../streams/room/page/memory.js";

const snapshot = {
  session: { user: "posko-1", csrf: "word" },
  zoom: "17.02",
  alerts: Array.from({ length: 7 }, (_, index) => ({ id: `a${index}` })),
  triage: [{ report: { id: "r1", restricted_to: [] } }],
  letters: [{ number: "0:1" }],
  areas: [{ code: "17.02" }],
  tps: [],
};

test("in parts and back nothing is lost but dead letters and the word that proves who asks", () => {
  const { head, parts } = inParts(snapshot, 3);
  assert.deepEqual(
    parts.map(([kind, rows]) => [kind, rows.length]),
    [
      ["alerts", 3],
      ["alerts", 3],
      ["alerts", 1],
      ["triage", 1],
      ["areas", 1],
    ],
  );
  assert.equal(JSON.stringify([head, parts]).includes("word"), false);
  const session = { user: "posko-1", csrf: "" };
  const kept = { ...snapshot, letters: [], session, is_partial: true };
  assert.deepEqual(whole(head, parts), kept);
});

test("what only some roles may see is written nowhere", () => {
  const { parts } = inParts({
    ...snapshot,
    alerts: [{ id: "hidden", restricted: true }, { id: "seen", restricted: false }],
    triage: [{ report: { id: "hidden", restricted_to: ["propam"] } }],
  });
  assert.deepEqual(parts, [
    ["alerts", [{ id: "seen", restricted: false }]],
    ["areas", [{ code: "17.02" }]],
  ]);
});

const storeOf = (rows) => ({
  get: async (key) => rows.get(key),
  clear: async () => rows.clear(),
});

const kept = () => {
  const { head, parts } = inParts({ ...snapshot, session: { user: "posko-1", expires_ms: 2_000 } });
  const named = parts.map((part, index) => [`part.${index}`, part]);
  return new Map([...named, ["head", { head, mark: "part.", parts: parts.length }]]);
};

test("what was kept is shown while its session lasts", async () => {
  const rows = kept();
  const found = await read(storeOf(rows), 1_999);
  assert.deepEqual([found.alerts.length, found.zoom], [7, "17.02"]);
});

test("what was kept of a session that is over is thrown away", async () => {
  const rows = kept();
  assert.equal(await read(storeOf(rows), 2_000), null);
  assert.equal(rows.size, 0);
});
