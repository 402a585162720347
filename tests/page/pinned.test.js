// The phone's card: it stays, and what comes meanwhile is counted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { followingOf, newAbove } from "../../streams/room/page/pinned.js";

const rowsOf = (...ids) => ids.map((id) => ({ id }));

test("after an alert that was taken comes the one that followed it when it was shown", () => {
  const before = ["a", "b", "c"];
  assert.equal(followingOf(before, ["b", "c", "a"], "a"), "b", "taken, it stands at the end");
  assert.equal(followingOf(before, ["new", "c"], "a"), "c", "b was taken by somebody else");
  assert.equal(followingOf(before, ["new", "a"], "c"), "new", "after the last the first");
  assert.equal(followingOf(before, ["a"], "a"), "", "there is no other");
  assert.equal(followingOf([], ["a", "b"], "gone"), "a");
});

test("only what has come since and is more urgent is told of", () => {
  const idsOf = (rows) => rows.map(({ id }) => id);
  const before = ["a", "b"];
  assert.deepEqual(newAbove(before, rowsOf("a", "b"), "b"), []);
  assert.deepEqual(idsOf(newAbove(before, rowsOf("new", "a", "b", "low"), "a")), ["new"]);
  assert.deepEqual(idsOf(newAbove(before, rowsOf("a", "new", "other"), "gone")), ["new", "other"]);
});
