// Choices of a person, and the language that he is spoken to in.
import assert from "node:assert/strict";
import { test } from "node:test";

const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, text) => kept.set(key, text),
};
const { belongTo, choice, choose } = await import("../../streams/room/page/prefs.js");
const { language, speak } = await import("../../streams/room/page/i18n.js");
const { enter } = await import("../../streams/room/page/state.js");

const session = (user, own) => ({ user, language: own });

test("a choice is its person's, on this machine", () => {
  const isOn = choice("isOn", (text) => text !== "off");
  assert.equal(choose("isOn", "off"), false, "nobody is here");
  belongTo("posko-1");
  assert.equal(isOn.value, true);
  assert.equal(choose("isOn", "off"), true);
  belongTo("posko-2");
  assert.equal(isOn.value, true);
  belongTo("posko-1");
  assert.equal(isOn.value, false);
  belongTo("");
  assert.equal(isOn.value, true);
});

test("his own language, until he chooses another here", () => {
  enter(session("a", "en"));
  assert.equal(language.value, "en");
  speak("id");
  enter(null);
  enter(session("a", "en"));
  assert.equal(language.value, "id");
  enter(null);
});

test("what one has chosen is not the next one's", () => {
  enter(session("b", "id"));
  speak("en");
  enter(null);
  enter(session("c", "id"));
  assert.equal(language.value, "id");
  enter(session("b", "id"));
  assert.equal(language.value, "en");
  enter(session("c", "id"));
  assert.equal(language.value, "id");
  enter(null);
});

test("what is chosen at the form is the choice of who logs in", () => {
  speak("en");
  enter(session("d", "id"));
  assert.equal(language.value, "en");
  enter(null);
  speak("id");
  enter(session("e", "en"));
  enter(session("d", "id"));
  assert.equal(language.value, "en");
  enter(null);
});

test("who has no language hears what was spoken before", () => {
  speak("en");
  enter(session("f"));
  assert.equal(language.value, "en");
  enter(null);
});
