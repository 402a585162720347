// Single keys: which key does what, how a person changes that, and how to switch them off
// (WCAG 2.1.4). docs/reference/keys.md is the table; a test holds both together.

import { choice, choose } from "./prefs.js";

/** What can be done by a key, in the order of the list, with its first key. */
export const KEYS = {
  down: "j",
  up: "k",
  ack: "a",
  unack: "u",
  escalate: "e",
  shelve: "s",
  resolve: "r",
  note: "n",
  dispatch: "d",
  open: "o",
  select: "x",
  find: "/",
  zoom: "g",
  triage: "t",
  queue: "q",
  report: "p",
  undo: "z",
  help: "?",
};

const FIXED = ["Escape"];
/** Acts that go on while their key is held; any other would be done to one row after the other. */
const REPEATED = ["down", "up"];

const parsed = (text) => {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
};

/** What each act is bound to now, by this person. */
export const bound = choice("keys", (text) => ({ ...KEYS, ...parsed(text) }));

/** Whether single keys do anything; Escape and Tab always do. */
export const keysOn = choice("keysOn", (text) => text !== "off");

/** The map with `act` bound to `key`; null where the key cannot be taken, as it is another's. */
export const rebound = (map, act, key) => {
  if (key.length !== 1 || key === " ") return null;
  const taken = Object.entries(map).some(([other, its]) => other !== act && its === key);
  return taken ? null : { ...map, [act]: key };
};

/** Bind an act to another key and keep it; tells whether it could be. */
export const bind = (act, key) => {
  const next = rebound(bound.value, act, key);
  if (!next) return false;
  bound.value = next;
  choose("keys", JSON.stringify(next));
  return true;
};

/** Back to the keys that we ship. */
export const unbind = () => {
  bound.value = { ...KEYS };
  choose("keys", "{}");
};

export const switchKeys = () => {
  keysOn.value = !keysOn.value;
  choose("keysOn", keysOn.value ? "on" : "off");
};

/** The act that a key stands for; undefined: none. */
export const actOf = (map, key) => Object.keys(map).find((act) => map[act] === key);

/** Whether what is pressed there is typed. */
export const isTyped = (target) =>
  target.isContentEditable ||
  (target.matches?.("textarea, select, input") &&
    !["checkbox", "radio", "button"].includes(target.type));

const handlers = [];

/**
 * Do `acts[name](event)` when its key is pressed; gives how to stop. The newest asked first, so a
 * page that is opened over another has its keys; an act that gives false is left to the one below.
 */
export const onKeys = (acts) => {
  handlers.unshift(acts);
  return () => {
    const place = handlers.indexOf(acts);
    if (place >= 0) handlers.splice(place, 1);
  };
};

const offer = (act, event) => {
  for (const acts of [...handlers]) {
    if (acts[act] && acts[act](event) !== false) {
      event.preventDefault();
      return;
    }
  }
};

const pressed = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // Escape in a field or a dialog is theirs: what is ticked or open beneath stays.
  if (isTyped(event.target) || document.querySelector("dialog[open]")) return;
  if (FIXED.includes(event.key)) {
    offer(event.key, event);
    return;
  }
  if (!keysOn.value) return;
  const act = actOf(bound.value, event.key.length === 1 ? event.key : "");
  if (act && (!event.repeat || REPEATED.includes(act))) offer(act, event);
};

/** Begin to listen. Called once. */
export const startKeys = () => addEventListener("keydown", pressed);
