// The page: who is logged in, which path is shown, and the frame around it.

import { get, holdCsrf } from "./api.js";
import { Banners, CriticalTold, Foot, Outdated } from "./banners.js";
import { Header } from "./header.js";
import { KeysDialog } from "./keysdialog.js";
import { loadWords } from "./i18n.js";
import { onKeys, startKeys } from "./keys.js";
import { Login } from "./login.js";
import { forgetSnapshot, keepPage } from "./memory.js";
import { Panel, startMending } from "./panels.js";
import { Phone } from "./phone.js";
import { Queue } from "./queue.js";
import { startSound } from "./sound.js";
import { startSteps } from "./steps.js";
import { decoded, keepFilters, tabTitle } from "./staying.js";
import * as store from "./store.js";
import { showLast, startStream } from "./stream.js";
import { Summary, startTurns } from "./summary.js";
import { renewSession, startTabs } from "./tabs.js";
import { Toasts } from "./toasts.js";
import { classes, computed, effect, html, render, signal, useEffect, useRef } from "./ui.js";
import { comeToPage, startWays } from "./ways.js";

const { drillKind, go, language, link, route, session, t, theme } = store;
/** Whether the picture is that of a drill while the rest of the page is not. */
const isDrillDrawn = computed(
  () =>
    drillKind.value === "some" &&
    store.elections.value.some((one) => one.drill && one.election === store.electionShown.value),
);

/** How the identity provider is called; null: there is none. */
const oidc = signal(null);
const isAsked = signal(false);

const narrow = globalThis.matchMedia("(max-width: 719px)");
const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", (event) => (isNarrow.value = event.matches));

const Desk = () => html`
  <${Summary} />
  <main id="main" class=${classes("desk", isDrillDrawn.value && "drillpic")} tabindex="-1">
    <h2 class="vh">${t("app.title")}</h2>
    ${isNarrow.value ? html`<${Phone} />` : html`<${Queue} />`}
    <section class="pic" aria-label=${t("app.picture")}><${Panel} name="Picture" /></section>
    <section class="side" aria-label=${t("app.numbers")}>
      <article class="p-stage"><${Panel} name="Stages" /></article>
      <article class="p-str"><${Panel} name="Strength" /></article>
      <article class="p-box"><${Panel} name="Boxes" /></article>
    </section>
  </main>
  <${Foot} />
`;

const sheetOf = (sheet, id) => html`<${Panel} name="Print" sheet=${sheet} id=${id} />`;

/** Paths and what they show; a bare page has no bar on top. */
const PAGES = [
  [/^\/wall$/, () => html`<${Panel} name="Wall" />`, "bare"],
  [/^\/alert\/([^/]+)$/, (id) => html`<${Panel} name="AlertPage" id=${id} />`],
  [/^\/tps\/([^/]+)$/, (code) => html`<${Panel} name="TpsPage" code=${code} />`],
  [/^\/triage$/, () => html`<${Panel} name="Triage" />`],
  [/^\/letters$/, () => html`<${Panel} name="Letters" />`],
  [/^\/report$/, () => html`<${Panel} name="Report" />`],
  [/^\/print\/alert\/([^/]+)$/, (id) => sheetOf("alert", id), "bare"],
  [/^\/print\/(handover|situation)$/, (sheet) => sheetOf(sheet), "bare"],
];

const pageOf = (path) => {
  for (const [pattern, show, frame = "framed"] of PAGES) {
    const found = pattern.exec(path);
    if (found) return { key: path, frame, shown: show(found[1] && decoded(found[1])) };
  }
  return { key: "/", frame: "desk", shown: html`<${Desk} />` };
};

const Framed = ({ page }) => html`
  <a class="skip" href="#main">${t("app.skip")}</a>
  <${Banners} />
  ${page.frame !== "bare" && html`<${Outdated} /><${Header} />`}
  ${page.shown}
  <${Toasts} /><${KeysDialog} /><${CriticalTold} />
`;

const keysEverywhere = {
  queue: () => go("/"),
  triage: () => (session.value?.may_triage ? go("/triage") : false),
  report: () => (session.value?.may_report ? go("/report") : false),
  undo: store.undoLast,
  Escape: () => (route.value === "/" ? false : go("/")),
};

const App = () => {
  const came = useRef(route.value);
  useEffect(() => onKeys(keysEverywhere), []);
  useEffect(() => {
    if (came.current !== route.value) comeToPage(route.value);
    came.current = route.value;
  }, [route.value]);
  if (!isAsked.value) return html`<p class="empty">…</p>`;
  if (!session.value) return html`<${Login} oidc=${oidc.value} /><${Toasts} />`;
  const page = pageOf(route.value);
  document.body.dataset.frame = page.frame;
  return html`<${Framed} page=${page} />`;
};

const askSession = async () => {
  try {
    const given = await get("/api/v1/session");
    holdCsrf(given.csrf);
    store.enter(given);
  } catch (problem) {
    // Without a server the last picture is shown, read-only; who is logged out sees nothing of it.
    if (problem.status === 0) await showLast();
    else {
      if (problem.status === 401) await forgetSnapshot();
      oidc.value = problem.oidc ?? null;
    }
  }
  isAsked.value = true;
};

/** Tell of a step; the answer says how long the session lasts by it. */
const tellStep = () => {
  if (session.value) get("/api/v1/session").then(renewSession, () => {});
};

const followSession = () => {
  let listening = "";
  return effect(() => {
    const user = session.value?.user ?? "";
    if (user === listening) return;
    listening = user;
    const asked = new URLSearchParams(location.search).get("zoom") ?? "";
    if (user) queueMicrotask(() => startStream(asked));
  });
};

const dress = () =>
  effect(() => {
    const root = document.documentElement;
    root.lang = language.value;
    root.dataset.theme = theme.value;
    const shown = link.value === "live" && drillKind.value === "all" ? "drill" : link.value;
    root.dataset.state = session.value ? shown : "live";
    root.dataset.drill = drillKind.value;
    document.title = tabTitle(route.value);
  });

/** A link to a path of ours changes the path; others, and new tabs, are the browser's. */
const followLinks = (event) => {
  const link = event.target.closest?.("a[href^='/']");
  const isNewTab = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey;
  const isPlain = !event.defaultPrevented && !isNewTab;
  if (!link || !isPlain || link.target || link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname);
};

const start = async () => {
  await loadWords();
  dress();
  startKeys();
  startTurns();
  startMending();
  startSound();
  startWays();
  store.startHeld();
  startTabs();
  startSteps(tellStep);
  addEventListener("popstate", store.follow);
  document.addEventListener("click", followLinks);
  render(html`<${App} />`, document.getElementById("app"));
  await askSession();
  keepFilters();
  followSession();
  keepPage();
};

start();
