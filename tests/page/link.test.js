// When what is shown can be believed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { LAG_MS_MAX, SILENCE_MS_MAX, judged } from "../../streams/room/page/link.js";

const told = (more = {}) => ({ is_live: true, now_ms: 1_000_000, heard_ms: 998_000, ...more });

test("clocks that come and agree are live", () =>
  assert.deepEqual(judged(told(), 900, true), ["live", ""]));

test("heard may lag by a minute, not by more", () => {
  assert.equal(judged(told({ heard_ms: 1_000_000 - LAG_MS_MAX }), 0, true)[0], "live");
  assert.deepEqual(judged(told({ heard_ms: 999_999 - LAG_MS_MAX }), 0, true), ["stale", "heard"]);
});

test("a silence of more than five seconds is stale, or offline where the line is cut", () => {
  assert.equal(judged(told(), SILENCE_MS_MAX, false)[0], "live");
  assert.deepEqual(judged(told(), SILENCE_MS_MAX + 1, true), ["stale", "silent"]);
  assert.deepEqual(judged(told(), SILENCE_MS_MAX + 1, false), ["offline", "cut"]);
});

test("a room that Kafka does not answer is stale at once", () => {
  assert.deepEqual(judged(told({ is_live: false }), 0, true), ["stale", "kafka"]);
});

test("without any clock nothing is live; a day that nobody has heard of yet may be", () => {
  assert.deepEqual(judged(null, 0, true), ["stale", "silent"]);
  assert.equal(judged(told({ now_ms: null, heard_ms: null }), 0, true)[0], "live");
});
