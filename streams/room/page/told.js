// What is told at the foot of the page: a sentence for a while, or commands until all are answered.
//
// A toast keeps itself how each of its commands stands: what it says and what it takes back never
// depend on which of them is still known elsewhere.

import { signal } from "./ui.js";

const TOLD_MS = 5_000;
const REFUSED_MS = 15_000;
const SHOWN_MAX = 4;

/**
 * `{id, text(), undo, undoes, commands: [{id, alert, state, reason}], kind}`, the newest last;
 * `undoes` is the state in which a command can be taken back.
 */
export const toasts = signal([]);

const ids = { count: 0 };

/** Take a toast away. */
export const dismiss = (id) => {
  toasts.value = toasts.value.filter((each) => each.id !== id);
};

/** How long something is told: what was refused has to be read. */
export const tellsMs = (commands) =>
  commands.some(({ state }) => state === "refused" || state === "lost") ? REFUSED_MS : TOLD_MS;

const add = (text, { undo = null, undoes = "done", commands = [], kind = "told" }) => {
  ids.count += 1;
  const made = { id: ids.count, text: typeof text === "function" ? text : () => text };
  toasts.value = [...toasts.value.slice(1 - SHOWN_MAX), { ...made, undo, undoes, commands, kind }];
  return made.id;
};

const leaveLater = (id, ms) => setTimeout(() => dismiss(id), ms);

/**
 * Tell something; who hears rather than sees gets it read out. `text` is a string, or a function
 * where it must follow the language.
 */
export const toast = (text, { forMs = TOLD_MS, ...options } = {}) => {
  const id = add(text, options);
  leaveLater(id, forMs);
  return id;
};

/**
 * Tell of commands that are sent, or held; `undo(commands)` takes back those that are `undoes`:
 * carried out, or not sent yet.
 */
export const tellOf = (text, commands, undo = null, undoes = "done") => {
  const state = undoes === "held" ? "held" : "sending";
  const told = commands.map(({ id, alert = "" }) => ({ id, alert, state, reason: "" }));
  return add(text, { undo, undoes, commands: told });
};

/** Whether no answer is awaited any more. */
export const isSettled = ({ state }) => ["done", "refused", "lost"].includes(state);

/** A command stands otherwise now; a toast leaves some time after its last answer. */
export const standsNow = (command, change) => {
  const found = toasts.value.find((each) => each.commands.some(({ id }) => id === command));
  if (!found) return;
  const commands = found.commands.map((one) => (one.id === command ? { ...one, ...change } : one));
  toasts.value = toasts.value.map((each) => (each === found ? { ...each, commands } : each));
  if (commands.every(isSettled)) leaveLater(found.id, tellsMs(commands));
};

/** Commands that are withdrawn are told of no more. */
export const tellNoMore = (commands) => {
  const isLeft = ({ id }) => !commands.some((one) => one.id === id);
  toasts.value = toasts.value.flatMap((each) => {
    const left = each.commands.filter(isLeft);
    if (left.length === each.commands.length) return [each];
    return left.length ? [{ ...each, commands: left }] : [];
  });
};

/** The commands of a toast that can be taken back: those that stand so, and no others. */
export const takenOf = ({ commands, undoes }) => commands.filter(({ state }) => state === undoes);

/** Whether something of a toast can be taken back. */
export const canUndo = (told) => Boolean(told.undo) && takenOf(told).length > 0;

/** Take back what a toast tells of. */
export const undo = (told) => {
  dismiss(told.id);
  told.undo(takenOf(told));
};

/** Take back the last thing that can be. */
export const undoLast = () => {
  const last = toasts.value.findLast(canUndo);
  if (!last) return false;
  undo(last);
  return true;
};
