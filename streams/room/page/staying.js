// What a reload does not take away: what the queue is narrowed to. And the name of the tab.

import { alerts, briefOf, filters, noFilters, placeOf, route, session, t } from "./store.js";
import { survey } from "./summary.js";
import { effect } from "./ui.js";

const WRITE_MS = 300; // Browsers refuse to write an entry with each letter of a search.

const TITLES = [
  [/^\/wall$/, () => t("head.wall")],
  [/^\/(?:print\/)?alert\/([^/]+)$/, (id) => alertTitle(id)],
  [/^\/tps\/([^/]+)$/, (code) => placeOf(code)],
  [/^\/triage$/, () => t("head.page.triage")],
  [/^\/letters$/, () => t("head.page.letters")],
  [/^\/report$/, () => t("head.page.report")],
  [/^\/print\/handover$/, () => t("head.page.handover")],
  [/^\/print\/situation$/, () => t("head.page.situation")],
];

const alertTitle = (id) => {
  const row = alerts.value.get(id);
  return row ? `${briefOf(row)} · ${placeOf(row.place)}` : id;
};

/** A part of a path as text; one that is no text stays as it is, and is the name of nothing. */
export const decoded = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** What the tab is called: what waits first, as tabs are narrow; a sheet to print has no count. */
export const tabTitle = (path) => {
  if (!session.value) return t("app.title");
  const [pattern, title] = TITLES.find(([one]) => one.test(path)) ?? [/^/, () => ""];
  const [, part] = pattern.exec(path);
  const name = title(part && decoded(part)) || t("head.page.queue");
  const { waiting } = survey.value;
  return `${waiting && !path.startsWith("/print/") ? `(${waiting}) ` : ""}${name} · Siaga`;
};

/** Keep the filters with the entry of the browser's history, for this person. Called once. */
export const keepFilters = () => {
  const kept = history.state;
  const user = session.value?.user ?? "";
  if (user && kept?.user === user) filters.value = { ...noFilters, ...kept.filters };
  const last = { timer: 0, text: filters.value.text };
  const write = (state) => history.replaceState(state, "");
  effect(() => {
    const state = { user: session.value?.user ?? "", filters: filters.value, path: route.value };
    const isTyped = state.filters.text !== last.text;
    last.text = state.filters.text;
    clearTimeout(last.timer);
    if (isTyped) last.timer = setTimeout(write, WRITE_MS, state);
    else write(state);
  });
};
