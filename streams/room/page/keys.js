// Single keys: which key does what, how a person changes that, and how to switch them off
// (WCAG 2.1.4). docs/reference/keys.md is the table; a test holds both together.

import { keep } from "./state.js";
import { signal } from "./ui.js";

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

const remembered = () => {
  try {
    return JSON.parse(globalThis.localStorage?.getItem("siaga.keys") ?? "{}");
  } catch {
    return {};
  }
};

/** What each act is bound to now. */
export const bound = signal({ ...KEYS, ...remembered() });

/** Whether single keys do anything; Escape and Tab always do. */
export const keysOn = signal(globalThis.localStorage?.getItem("siaga.keysOn") !== "off");

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
  keep("keys", JSON.stringify(next));
  return true;
};

/** Back to the keys that we ship. */
export const unbind = () => {
  bound.value = { ...KEYS };
  keep("keys", "{}");
};

export const switchKeys = () => {
  keysOn.value = !keysOn.value;
  keep("keysOn", keysOn.value ? "on" : "off");
};

/** The act that a key stands for; undefined: none. */
export const actOf = (map, key) => Object.keys(map).find((act) => map[act] === key);

const isTyped = (target) =>
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
  if (FIXED.includes(event.key)) {
    offer(event.key, event);
    return;
  }
  if (!keysOn.value || isTyped(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = actOf(bound.value, event.key.length === 1 ? event.key : "");
  if (act) offer(act, event);
};

/** Begin to listen. Called once. */
export const startKeys = () => addEventListener("keydown", pressed);
