// Keys of one desk, which mean something else elsewhere or nothing: `1`–`9`, `c`, `x`.
//
// They are heard before those of the page and can be switched off with them. What is typed into a
// field or a dialog is not heard.

import { bound, isTyped, keysOn } from "./keys.js";

/** Whether somebody has given one of these keys to an act of the page: then it is that act's. */
const isMoved = (key, acts) =>
  Object.entries(bound.value).some(([act, its]) => its === key && acts.includes(act));

/**
 * Do `deedsNow()[key](event)`; gives how to stop. `leaves`: acts of the page that are not
 * overruled.
 *
 * What a key does is asked when it is pressed. A key that followed another before the page was
 * drawn anew would else be about the row of before.
 */
export const onPlainKeys = (deedsNow, leaves = ["down", "up", "undo", "help"]) => {
  const hear = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat) return; // A key that is held would do it to one report after the other.
    if (!keysOn.value || isTyped(event.target) || document.querySelector("dialog[open]")) return;
    const deed = deedsNow()[event.key];
    if (!deed || isMoved(event.key, leaves)) return;
    event.preventDefault();
    event.stopPropagation();
    deed(event);
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
};
