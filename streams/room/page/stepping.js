// How one steps through the picture: what is marked, what is opened, what a key or a press does.
//
// An area filters the queue; pressed again, or with `g`, it opens. So the queue's filter by area
// and the area that is marked are one thing, and clearing either clears both.

import { outOf } from "./levels.js";
import { currentArea, picked, pickedArea, shown, stepped } from "./scene.js";
import { areas, filters } from "./store.js";
import { zoomTo } from "./stream.js";
import { computed, signal } from "./ui.js";

/** The kecamatan that is opened; "": none is. */
const opened = signal("");

/** The area that had the focus last, of the tiles or of the map. */
export const focused = signal("");

/** What `g` opens: the marked area, else that of the queue's current row. */
export const candidate = computed(() => pickedArea.value ?? currentArea.value);
export const openedArea = computed(() =>
  shown.value.level === "kecamatan"
    ? shown.value.areas.find(({ code }) => code === opened.value)
    : undefined,
);

const filterBy = (area) => (filters.value = { ...filters.value, area });

const stepIn = (code) => {
  if (shown.value.level === "kecamatan") {
    opened.value = code;
    return;
  }
  if (shown.value.level === "kabupaten") zoomTo(code);
  stepped.value = code;
};

/** Press an area. */
export const press = (code) => {
  if (picked.value === code) stepIn(code);
  else filterBy(code);
};

const close = () => {
  focused.value = opened.value;
  opened.value = "";
};

/** Out of the level that is shown, to the area in which one was; tells whether there is a wider. */
export const stepOut = () => {
  const out = outOf(shown.value, areas.value);
  if (out === null) return false;
  focused.value = shown.value.code;
  stepped.value = out;
  return true;
};

/** Back by one step: from the zoom, from the mark, from the level. Tells whether there was one. */
export const stepBack = () => {
  if (opened.value) close();
  else if (filters.value.area) filterBy("");
  else return stepOut();
  return true;
};

/** Open what is marked, or close what is opened. */
export const toggleZoom = () => {
  if (opened.value) close();
  else if (candidate.value) stepIn(candidate.value.code);
  else return false;
  return true;
};

/** Escape, wherever in the picture the focus is. */
export const escape = (event) => {
  if (event.key === "Escape" && stepBack()) event.stopPropagation();
};
