// What must not be overlooked: a drill, a stale page, a cut line. Over the whole page, with words;
// and that the page is of another version than the room.

import { bound, keysOn } from "./keys.js";
import { sinceOf } from "./link.js";
import { LoadAnew } from "./panels.js";
import { clock, dialog, drillKind, hereMs, isOutdated, isPartial, language } from "./store.js";
import { link, linkWhy, nameOf, number, session, snapshotAt, still, t, zone } from "./store.js";
import { survey } from "./summary.js";
import { clockIn, lengthOf, msOf } from "./time.js";
import { html } from "./ui.js";

const NAMED_MAX = 3;

const at = (ms) => (ms ? `${clockIn(ms, zone.value)} ${zone.value}` : "–");
const asOf = () => at(clock.value?.heard_ms ?? clock.value?.now_ms);

/** How old the picture is: how far it lags, or stands still, and how long nothing has come. */
const ageMs = () => {
  const told = clock.value;
  if (!told) return 0;
  const heard = told.now_ms && told.heard_ms ? told.now_ms - told.heard_ms : 0;
  const stoodAt = { moved: told.moved_ms, still: told.still?.[0]?.[1] }[linkWhy.value];
  const lag = stoodAt ? told.server_ms - stoodAt : heard;
  return lag + Math.max(0, hereMs.value - told.here_ms);
};

/** Which kabupaten stand still, and since when. */
const standing = () => {
  const found = [...still.value];
  const [codes, more] = [found.map(([code]) => code), found.length - NAMED_MAX];
  const names = codes.slice(0, NAMED_MAX).map(nameOf).join(", ");
  return {
    names: more > 0 ? t("app.still.more", { names, count: number(more) }) : names,
    since: sinceOf(found),
  };
};

const whyStale = () => {
  const why = linkWhy.value || "silent";
  return t(`app.stale.${why}`, why === "still" ? standing() : { at: at(clock.value?.moved_ms) });
};

const Age = () => html`<b class="num">${lengthOf(ageMs())}</b>`;

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
      { at: asOf() })} <${Age} />. ${whyStale()}</span>
  </div>`
  }
  ${
    link.value === "offline" &&
    html`<div class="banner offline" role="alert">
    <strong>${t("app.offline")}</strong>
    <span>${t("app.offline.asof", { at: asOf() })} <${Age} />. ${t("app.offline.says")}
      ${isPartial.value && ` ${t("app.offline.partial")}`}</span>
  </div>`
  }
`;

/** The room is of another version than this page; without a line the page is all there is. */
export const Outdated = () =>
  isOutdated.value &&
  link.value !== "offline" &&
  html`<div class="banner outdated" role="status">
    <strong>${t("app.outdated")}</strong> <span>${t("app.outdated.says")}</span> <${LoadAnew} />
  </div>`;

const newest = { known: null };

/** The newest critical alert that nobody has acknowledged, told aloud once; all else is polite. */
export const CriticalTold = () => {
  const found = survey.value.newest;
  // What stood there when the page was opened is no news.
  if (newest.known === null && snapshotAt.value) newest.known = found?.opened_at ?? "";
  const since = msOf(newest.known) ?? 0;
  const isNews = found && newest.known !== null && msOf(found.opened_at) > since;
  const title = found?.title[language.value] ?? "";
  return html`<p class="vh" role="alert">${isNews ? t("app.newcritical", { title }) : ""}</p>`;
};

/** Which area is this person's, and how to get at the keys. */
export const Foot = () => {
  const area = session.value?.area;
  const isOn = keysOn.value;
  const keys = isOn ? t("app.foot.keys", { key: bound.value.help }) : t("app.foot.nokeys");
  return html`<footer class="foot">
    <span>${area ? t("app.foot.area", { area }) : t("app.foot.all")}</span>
    <button onClick=${() => (dialog.value = "keys")}>${keys}</button>
  </footer>`;
};
