// Pages and panels that are fetched when they are first shown. One that fails says so in its place
// and is fetched again: by its button, and by itself when the line is back. Where the room is of
// another version by now a part of it does not fit what is here: then the page is loaded again.

import { isOutdated, link, t } from "./store.js";
import { effect, html, signal } from "./ui.js";

const MODULES = {
  Picture: "./picture.js",
  Stages: "./stages.js",
  Strength: "./strength.js",
  Boxes: "./boxes.js",
  Wall: "./wall.js",
  AlertPage: "./alertpage.js",
  TpsPage: "./tps.js",
  Triage: "./triage.js",
  Letters: "./letters.js",
  Report: "./report.js",
  Print: "./print.js",
};

/** Name → `{state: "asked" | "here" | "failed", part, tries}`. */
const fetched = signal({});

const keep = (name, told) => (fetched.value = { ...fetched.peek(), [name]: told });

/** A browser may remember that an address failed, so each try has its own. */
const addressOf = (name, tries) => `${MODULES[name]}${tries ? `?again=${tries}` : ""}`;

const fetchPanel = async (name) => {
  const before = fetched.peek()[name];
  if (before && before.state !== "failed") return;
  const tries = before ? before.tries + 1 : 0;
  keep(name, { state: "asked", tries });
  try {
    const module = await import(addressOf(name, tries));
    keep(name, { state: module[name] ? "here" : "failed", part: module[name], tries });
  } catch {
    // The browser's own console tells why; the place of the panel tells that.
    keep(name, { state: "failed", tries });
  }
};

/** Fetch what has failed whenever the line is back. Called once. */
export const startMending = () =>
  effect(() => {
    if (link.value !== "live") return;
    for (const [name, { state }] of Object.entries(fetched.peek())) {
      if (state === "failed") fetchPanel(name);
    }
  });

/** The whole page, of the room's version. */
export const LoadAnew = () =>
  html`<button class="act" onClick=${() => location.reload()}>${t("app.outdated.load")}</button>`;

const Again = ({ name }) =>
  html`<button class="act" onClick=${() => fetchPanel(name)}>${t("app.panel.again")}</button>`;

const Failed = ({ name }) =>
  html`<div class="empty" role="alert">
    <p>${t("app.panel.failed")}</p>
    ${isOutdated.value ? html`<${LoadAnew} />` : html`<${Again} name=${name} />`}
  </div>`;

/** Show the component of that name, with these properties. */
export const Panel = ({ name, ...props }) => {
  const found = fetched.value[name];
  if (!found) queueMicrotask(() => fetched.peek()[name] ?? fetchPanel(name));
  if (found?.state === "here") return html`<${found.part} ...${props} />`;
  if (found?.state === "failed") return html`<${Failed} name=${name} />`;
  return html`<p class="empty">${t("app.loading")}</p>`;
};
