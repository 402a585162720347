// How the page says times.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  clockIn,
  clockOf,
  countdown,
  dateIn,
  isoIn,
  lengthOf,
  minutesSince,
  msOf,
  secondsOf,
  zoneOf,
  zoneOfCode,
} from "../../streams/room/page/time.js";

const NOON = Date.parse("2024-11-27T12:00:00+07:00");

test("a moment is told in the hours of its own place", () => {
  assert.equal(clockOf("2024-11-27T14:05:07+09:00"), "14:05:07");
  assert.equal(zoneOf("2024-11-27T14:05:07+09:00"), "WIT");
  assert.equal(zoneOf("2024-11-27T14:05:07+03:00"), "+03:00");
});

test("a province has one zone", () => {
  assert.deepEqual(["17.02", "36.04.17", "73.71", "91.01"].map(zoneOfCode), [
    "WIB",
    "WIB",
    "WITA",
    "WIT",
  ]);
});

test("milliseconds are told in the zone that is asked for", () => {
  assert.equal(clockIn(NOON, "WIB"), "12:00:00");
  assert.equal(clockIn(NOON, "WITA"), "13:00:00");
  assert.equal(isoIn(NOON, "WIT"), "2024-11-27T14:00:00+09:00");
  assert.equal(msOf(isoIn(NOON, "WITA")), NOON);
});

test("no moment has no milliseconds", () => assert.equal(msOf(null), null));

test("a length of time is short, and has hours only where it has", () => {
  assert.equal(lengthOf(135_000), "2:15");
  assert.equal(lengthOf(3_735_000), "1:02:15");
  assert.equal(lengthOf(-5_000), "0:05");
});

test("zero is shown when it is due, not a second before", () => {
  assert.equal(countdown(NOON, NOON - 1), "0:01");
  assert.equal(countdown(NOON, NOON - 135_000), "2:15");
  assert.equal(countdown(NOON, NOON), "0:00");
  assert.equal(countdown(NOON, NOON + 636_000), "+10:36");
});

test("minutes that have passed are whole and never negative", () => {
  assert.equal(minutesSince(NOON, NOON + 119_000), 1);
  assert.equal(minutesSince(NOON, NOON - 1), 0);
});

test("a date and a decimal are written as the language writes them", () => {
  assert.equal(dateIn(NOON, "WIB", "id"), "Rabu, 27 November 2024");
  assert.match(dateIn(NOON, "WIB", "en"), /Wednesday.* 27 November 2024/);
  assert.equal(secondsOf(240, "id"), "+0,2");
  assert.equal(secondsOf(-3_000, "en"), "−3.0");
});
