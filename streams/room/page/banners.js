// What must not be overlooked: a drill, a stale page, a cut line. Over the whole page, with words.

import { bound, keysOn } from "./keys.js";
import { clock, drillKind, language, link, linkWhy, now } from "./store.js";
import { session, snapshotAt, t, zone } from "./store.js";
import { survey } from "./summary.js";
import { clockIn, lengthOf } from "./time.js";
import { html } from "./ui.js";

const asOf = () => {
  const told = clock.value;
  const heard = told?.heard_ms ?? told?.now_ms;
  return heard ? `${clockIn(heard, zone.value)} ${zone.value}` : "–";
};

/** How old the picture is: how far `heard` lags, and how long nothing has come. */
const ageMs = () => {
  const told = clock.value;
  if (!told) return 0;
  const lag = told.now_ms && told.heard_ms ? told.now_ms - told.heard_ms : 0;
  return lag + Math.max(0, Date.now() - told.here_ms);
};

const Age = () => {
  now.value; // Once a second.
  return html`<b class="num">${lengthOf(ageMs())}</b>`;
};

/** At most one of stale and offline, and the drill. */
export const Banners = () => html`
  ${
    drillKind.value !== "none" &&
    html`<div class="banner drill" role="status">
    <strong>${t("app.drill")}</strong> <span>${t(`app.drill.${drillKind.value}`)}</span>
  </div>`
  }
  ${
    link.value === "stale" &&
    html`<div class="banner stale" role="alert">
    <strong>${t("app.stale")}</strong>
    <span>${t("app.stale.asof",
      { at: asOf() })} <${Age} />. ${t(`app.stale.${linkWhy.value || "silent"}`)}</span>
  </div>`
  }
  ${
    link.value === "offline" &&
    html`<div class="banner offline" role="alert">
    <strong>${t("app.offline")}</strong>
    <span>${t("app.offline.asof", { at: asOf() })} <${Age} />. ${t("app.offline.says")}</span>
  </div>`
  }
`;

const newest = { known: null };

/** The newest critical alert that nobody has acknowledged, told aloud once; all else is polite. */
export const CriticalTold = () => {
  const found = survey.value.newest;
  // What stood there when the page was opened is no news.
  if (newest.known === null && snapshotAt.value) newest.known = found?.opened_at ?? "";
  const isNews = found && newest.known !== null && found.opened_at > newest.known;
  const title = found?.title[language.value] ?? "";
  return html`<p class="vh" role="alert">${isNews ? t("app.newcritical", { title }) : ""}</p>`;
};

/** Which area is this person's, and how to get at the keys. */
export const Foot = () => {
  const area = session.value?.area;
  const keys = keysOn.value ? t("app.foot.keys", { key: bound.value.help }) : t("app.foot.nokeys");
  return html`<footer class="foot">
    <span>${area ? t("app.foot.area", { area }) : t("app.foot.all")}</span>
    <span>${keys}</span>
  </footer>`;
};
