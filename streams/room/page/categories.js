// The categories of reports: their names, the words by which people tell of them, and how grave
// each of them is.

import { computed, signal } from "./ui.js";

/** Rows of `categories.json`; empty until they are read. */
export const categories = signal([]);

/** Whether they have been asked for and the answer, or that there is none, has come. */
export const areCategoriesKnown = signal(false);

/** How grave each category is, by its code. */
export const severities = computed(
  () => new Map(categories.value.map(({ code, severity }) => [code, severity])),
);

/** Read them once; without them a code can still be typed, and nothing is graver than another. */
export const loadCategories = async () => {
  if (categories.value.length) return;
  try {
    const answer = await fetch(new URL("./categories.json", import.meta.url));
    if (answer.ok) categories.value = await answer.json();
  } catch {
    // Offline: the page says so by itself.
  } finally {
    areCategoriesKnown.value = true;
  }
};
