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

test("a picture that has not moved for a minute is judged by nobody", () => {
  const moved = (moved_ms) => judged(told({ server_ms: 9_000_000, moved_ms }), 0, true);
  assert.deepEqual(moved(9_000_000 - LAG_MS_MAX), ["live", ""]);
  assert.deepEqual(moved(8_999_999 - LAG_MS_MAX), ["stale", "moved"]);
  assert.deepEqual(moved(null), ["live", ""], "no picture yet");
  assert.deepEqual(moved(0), ["live", ""], "a broker that keeps no times");
});

test("where some stand still and others go on what is shown is not to be believed whole", () => {
  const some = (more = {}) =>
    judged(told({ server_ms: 9_000_000, moved_ms: 9_000_000, ...more }), 0, true);
  assert.deepEqual(some({ still: [["36.04", 8_000_000]] }), ["stale", "still"]);
  assert.deepEqual(some({ still: [] }), ["live", ""]);
  assert.deepEqual(some(), ["live", ""], "a clock that was kept before there was this");
  const late = { still: [["36.04", 8_000_000]], moved_ms: 8_900_000 };
  assert.deepEqual(some(late), ["stale", "moved"], "where nothing moves any more it says so");
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
