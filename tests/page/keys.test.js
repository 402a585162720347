// Keys: which stand for what, and which may be taken.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { KEYS, actOf, rebound } from "../../streams/room/page/keys.js";

test("every key stands for one act", () => {
  assert.equal(new Set(Object.values(KEYS)).size, Object.keys(KEYS).length);
  for (const [act, key] of Object.entries(KEYS)) assert.equal(actOf(KEYS, key), act);
  assert.equal(actOf(KEYS, ""), undefined);
});

test("an act can be bound to a free key only, and to one character", () => {
  assert.equal(rebound(KEYS, "ack", "b").ack, "b");
  assert.equal(rebound(KEYS, "ack", "a").ack, "a");
  assert.equal(rebound(KEYS, "ack", "e"), null);
  assert.equal(rebound(KEYS, "ack", "F1"), null);
  assert.equal(rebound(KEYS, "ack", " "), null);
});

test("the page of the documentation lists every key", () => {
  const page = readFileSync(new URL("../../docs/reference/keys.md", import.meta.url), "utf8");
  for (const [act, key] of Object.entries(KEYS))
    assert.ok(page.includes(`| \`${key}\` | ${act} |`), act);
});
