// Where somebody was, so that he is there again when he comes back: out of a dialog, from another
// page, out of an area of the picture. What is drawn no more cannot have the focus, and who works
// by keys would begin at the top each time.
//
// A place is told by what outlives a drawing: by the names of an element and of those around it
// (`data-id` of a row, `data-code` of an area, `href` of a link, `id`). The narrowest that is there
// has the focus again.

import { onLogout } from "./state.js";

const NAMES = ["data-id", "data-code", "href", "id"];
const FRAMES = "main, section, ol, #app"; // What is always there is no place to be in.
const TRAIL_MAX = 40;
const TRIES = 120; // Frames: what a page asks the server for is there by then, or is late.

/** Pages that were left for others, and from where: `{path, place}`. */
const trail = [];
const coming = { path: "", place: null };
/** What had the focus last, with all that was around it then. */
const last = { element: null, around: [] };

const upFrom = (element) => {
  const found = [];
  for (let at = element; at && at !== document.body; at = at.parentElement) found.push(at);
  return found;
};

const nameOf = (element) => {
  if (element.matches(FRAMES)) return "";
  const name = NAMES.find((each) => element.hasAttribute(each));
  return name ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : "";
};

/**
 * The place of an element: itself, and selectors by which it is found when it is drawn anew: its
 * `own` where it has no name, and `paths` of names.
 */
export const whereIs = (element) => {
  const named = upFrom(element).map(nameOf).filter(Boolean).toReversed();
  const paths = named.map((_, index) => named.slice(0, index + 1).join(" ")).toReversed();
  const isUnnamed = paths.length > 0 && !nameOf(element);
  return { element, own: isUnnamed ? `${paths[0]} ${element.localName}` : "", paths };
};

const isTaken = (element, options) => {
  element?.focus(options);
  return Boolean(element) && document.activeElement === element;
};

/** One of several buttons of a row could be another than that which was pressed. */
const onlyOne = (path) => {
  const found = path ? document.querySelectorAll(path) : [];
  return found.length === 1 ? found[0] : null;
};

/** Go where somebody was, or as near to it as is drawn; tells whether that was anywhere. */
export const goBackTo = ({ element, own, paths }, options) =>
  (element?.isConnected && element !== document.body && isTaken(element, options)) ||
  isTaken(onlyOne(own), options) ||
  paths.some((path) => isTaken(document.querySelector(path), options));

const beginning = () => document.querySelector(".row.cur") ?? document.getElementById("main");

/** Out of a dialog: where it was asked from, else where the page begins. */
export const leaveDialog = (place) => {
  const still = { preventScroll: true };
  if (!goBackTo(place, still)) beginning()?.focus(still);
};

/** Whether nobody has gone anywhere on this page yet. */
export const isAtStart = () => {
  const at = document.activeElement;
  return !at || at === document.body || at === beginning() || at.matches("main, main h1");
};

/** One page is left for another that is not drawn yet. */
export const leavePage = (from, to) => {
  const at = trail.findIndex(({ path }) => path === to);
  coming.path = to;
  coming.place = trail[at]?.place ?? null;
  if (at >= 0) trail.length = at;
  else trail.push({ path: from, place: { ...whereIs(document.activeElement), element: null } });
  if (trail.length > TRAIL_MAX) trail.shift();
};

/** Do it frame after frame until it has succeeded, or it is late. */
const soon = (isDone, tries = TRIES) =>
  requestAnimationFrame(() => {
    if (!isDone() && tries > 1) soon(isDone, tries - 1);
  });

/** The page is drawn: who comes begins there, and who comes back is where he was. */
export const comeToPage = (path) => {
  const { place } = coming.path === path ? coming : { place: null };
  const turn = { count: 0 };
  soon(() => {
    turn.count += 1;
    const isElsewhere = turn.count > 1 && !isAtStart();
    if (isElsewhere || document.querySelector("dialog[open]")) return true;
    if (globalThis.location.pathname !== path) return true;
    if (place && goBackTo(place)) return true;
    const begins = beginning();
    if (begins && !begins.contains(document.activeElement)) begins.focus({ preventScroll: true });
    return Boolean(begins) && !place?.paths.length;
  });
};

/** Whether what had the focus, within this, is drawn no more. */
export const isLostIn = (element) =>
  (!document.activeElement || document.activeElement === document.body) &&
  last.around.includes(element) &&
  !last.element.isConnected;

/** Where the focus was lost in an element, put it on what `find()` gives, once that is there. */
export const mendIn = (element, find) => {
  const isMended = () => !isLostIn(element) || isTaken(find());
  if (!isMended()) soon(isMended);
};

onLogout(() => {
  trail.length = 0;
  coming.place = null;
});

/** Begin to notice where the focus is. Called once. */
export const startWays = () =>
  document.addEventListener("focusin", ({ target }) => {
    Object.assign(last, { element: target, around: upFrom(target) });
  });
