// The top of every page: whose day it is, three honest clocks, the link, sound, language, theme.

import { logOut } from "./login.js";
import { Icon, Logo } from "./glyphs.js";
import { sound, switchSound } from "./sound.js";
import { LAG_MS_MAX } from "./link.js";
import * as store from "./store.js";
import { clockIn, dateIn, secondsOf } from "./time.js";
import { classes, computed, html } from "./ui.js";

const { clock, language, link, nameOf, now, route, session, t, theme, zone } = store;

const here = computed(() => clockIn(store.hereMs.value, zone.value));
const FAR_MS = 100_000;
const offsetMs = computed(() => (clock.value ? clock.value.here_ms - clock.value.server_ms : 0));
const offset = computed(() => {
  if (!clock.value) return "";
  if (Math.abs(offsetMs.value) > FAR_MS) return t("head.far");
  return `${secondsOf(offsetMs.value, language.value)} ${t("head.seconds")}`;
});
const moved = computed(() => clockIn(now.value, zone.value));
const heardAt = computed(() =>
  clock.value?.heard_ms ? clockIn(clock.value.heard_ms, zone.value) : t("head.none"),
);
const lagMs = computed(() => {
  const told = clock.value;
  return told?.heard_ms && told.now_ms ? told.now_ms - told.heard_ms : null;
});

const Lag = () => {
  if (lagMs.value === null) return "";
  const share = Math.min(100, (100 * lagMs.value) / LAG_MS_MAX);
  return html`${secondsOf(-lagMs.value, language.value)} ${t("head.seconds")}
    <span class="lag" aria-hidden="true"><i style=${{ width: `${Math.max(4, share)}%` }}></i>
    </span>`;
};

/** Browser, `now`, `heard`: each says how far it is from the one before. */
export const Clocks = () =>
  html`<dl class="clocks" aria-label=${t("head.clocks")}>
    <div title=${t("head.here.hint")}>
      <dt>${t("head.here")}</dt>
      <dd class="num">${here}</dd>
      <dd class=${classes("d", "off", Math.abs(offsetMs.value) > FAR_MS && "far")}>${offset}</dd>
    </div>
    <div title=${t("head.now.hint")}>
      <dt>${t("head.now")}</dt>
      <dd class="num">${clock.value?.now_ms ? moved : t("head.none")}</dd>
      <dd class="d">${zone}</dd>
    </div>
    <div title=${t("head.heard.hint")}>
      <dt>${t("head.heard")}</dt>
      <dd class="num">${heardAt}</dd>
      <dd class="d"><${Lag} /></dd>
    </div>
  </dl>`;

const Day = () => {
  const code = store.zoom.value || session.value?.area;
  const date = clock.value?.now_ms ? dateIn(clock.value.now_ms, zone.value, language.value) : "";
  return html`<p class="el">
    <b>${code ? nameOf(code) : t("head.everywhere")}</b> <span class="code">${code}</span>
    <span class="m date">${date}</span>
  </p>`;
};

const LinkState = () =>
  html`<span class="link" role="status"><i></i>
    ${t(clock.value ? `head.link.${link.value}` : "head.link.joining")}</span>`;

const Sound = () =>
  html`<button class=${classes("tb", "sound", sound.value)} aria-pressed=${sound.value === "on"}
    title=${t(`head.sound.${sound.value}`)} onClick=${switchSound}>
    <${Icon} name=${sound.value === "on" ? "sound" : "muted"} />
    <span>${t(`head.sound.${sound.value}`)}</span>
  </button>`;

const Language = () =>
  html`<button class="tb lang" onClick=${store.switchLanguage}>
    <span class="vh">${t("head.language")} </span>
    <b class=${classes(language.value === "id" && "on")}>ID</b>/
    <b class=${classes(language.value === "en" && "on")}>EN</b>
  </button>`;

const Theme = () => {
  const other = theme.value === "dark" ? "light" : "dark";
  const says = t(`head.theme.${other}`);
  return html`<button class="tb" aria-label=${says} title=${says} onClick=${store.switchTheme}>
    <${Icon} name="sun" />
  </button>`;
};

const PAGES = [
  ["/", "head.page.queue", () => true],
  ["/triage", "head.page.triage", (who) => who.may_triage],
  ["/report", "head.page.report", (who) => who.may_report],
  ["/letters", "head.page.letters", (who) => who.may_letters],
  ["/print/handover", "head.page.handover", () => true],
  ["/wall", "head.wall", () => true],
];

const Pages = () =>
  html`<nav class="pages" aria-label=${t("head.pages")}>
    ${PAGES.filter(([, , isOpen]) => isOpen(session.value)).map(
      ([path, key]) =>
        html`<a href=${path} aria-current=${route.value === path ? "page" : null}>${t(key)}</a>`,
    )}
  </nav>`;

/** Who is logged in; opened, how to end it. */
const Me = () =>
  html`<details class="me">
    <summary><b>${session.value.name || session.value.user}</b>
      <span class="m">${t(`head.role.${session.value.role}`)}</span></summary>
    <p><button class="tb" onClick=${logOut}>${t("head.logout")}</button></p>
  </details>`;

/** The bar on top. */
export const Header = () =>
  html`<header class="top">
    <h1><a href="/"><${Logo} />Siaga</a></h1>
    <${Day} /><${Pages} /><${Clocks} />
    <div class="tools"><${LinkState} /><${Sound} /><${Language} /><${Theme} /><${Me} /></div>
  </header>`;
