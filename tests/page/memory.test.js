// A snapshot in parts, and whole again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inParts, whole } from "../../streams/room/page/memory.js";

const snapshot = {
  session: { user: "posko-1", csrf: "word" },
  zoom: "17.02",
  alerts: Array.from({ length: 7 }, (_, index) => ({ id: `a${index}` })),
  triage: [],
  letters: [{ number: "0:1" }],
  areas: [{ code: "17.02" }],
  tps: [],
};

test("in parts and back nothing is lost, but the word that proves who asks", () => {
  const { head, parts } = inParts(snapshot, 3);
  assert.deepEqual(
    parts.map(([kind, rows]) => [kind, rows.length]),
    [
      ["alerts", 3],
      ["alerts", 3],
      ["alerts", 1],
      ["letters", 1],
      ["areas", 1],
    ],
  );
  assert.equal(JSON.stringify([head, parts]).includes("word"), false);
  assert.deepEqual(whole(head, parts), { ...snapshot, session: { user: "posko-1", csrf: "" } });
});
