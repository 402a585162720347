// The one module that components import for what is known and what can be done.
//
//   import { alerts, command, now, say, t } from "./store.js";
//
// Signals: session, snapshotAt, alerts, triage, letters, areas, tps, elections, names, zoom,
// openedLately, clock, link, linkWhy, language, theme, drill, drillKind, zone, pending, now,
// current, selected, filters, route, toasts. The data come from `stream.js`; `state.js` says what
// each holds.

import { language, say, speak } from "./i18n.js";
import { keep, nameOf, theme } from "./state.js";
import { callsOf, titleWithout } from "./titles.js";
import { signal } from "./ui.js";
import { leavePage } from "./ways.js";

export { has, language, number, say, speak, t } from "./i18n.js";
export * from "./state.js";
export {
  command,
  commandAll,
  dismiss,
  may,
  newId,
  pendingOf,
  problemText,
  recallHeld,
  sendHeld,
  startHeld,
  toast,
  toasts,
  undoLast,
} from "./commands.js";

const here = () => globalThis.location?.pathname ?? "/";

/** The path that is shown: `/`, `/alert/1702-…`, `/wall`. */
export const route = signal(here());

/** Show another path without loading the page anew. */
export const go = (path) => {
  if (path === here()) return;
  leavePage(here(), path);
  history.pushState(null, "", path);
  route.value = here();
  globalThis.scrollTo?.(0, 0);
};

/** Go where the browser's own buttons went. */
export const follow = () => {
  if (route.value !== here()) leavePage(route.value, here());
  route.value = here();
};

/** What has happened, for lines in which the place of the alert stands beside it. */
export const briefOf = (row) => titleWithout(say(row.title), callsOf(row.place, nameOf));

export const openAlert = (id) => go(`/alert/${encodeURIComponent(id)}`);
export const openTps = (code) => go(`/tps/${encodeURIComponent(code)}`);

/** Light or dark, kept on this machine. */
export const switchTheme = () => {
  theme.value = theme.value === "dark" ? "light" : "dark";
  keep("theme", theme.value);
};

/** Indonesian or English, kept on this machine. */
export const switchLanguage = () => speak(language.value === "id" ? "en" : "id");
