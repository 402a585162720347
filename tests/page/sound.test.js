// Until when it rings.
import assert from "node:assert/strict";
import { test } from "node:test";

import { startSound, sound, switchSound } from "../../streams/room/page/sound.js";
import { enter, takeSnapshot } from "../../streams/room/page/state.js";
import { row } from "./rows.js";

const heard = { notes: 0 };
const part = { connect: () => part, start: () => (heard.notes += 1), stop: () => {} };
const gain = { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
globalThis.AudioContext = class {
  currentTime = 0;
  resume() {}
  createOscillator = () => ({ ...part, frequency: {} });
  createGain = () => ({ ...part, gain });
};

const session = (user) => ({ user, area: "" });
const ringing = () => {
  const before = heard.notes;
  takeSnapshot({ alerts: [row({ severity: "critical" })], areas: [], tps: [] });
  return heard.notes > before;
};

test("it rings for who is logged in, and for nobody else", () => {
  enter(session("posko-1"));
  startSound();
  assert.equal(ringing(), false, "not armed");
  switchSound();
  assert.equal(heard.notes > 0, true);
  enter(null);
  assert.equal(ringing(), false);
  enter(null);
});

test("who has muted it has muted it for himself", () => {
  enter(session("posko-1"));
  switchSound();
  assert.equal(sound.value, "muted");
  enter(null);
  assert.equal(sound.value, "on");
});
