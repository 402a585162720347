// Pages and panels that are fetched when they are first shown; one that fails says so in its place.

import { t } from "./store.js";
import { html, signal } from "./ui.js";

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

const fetched = signal({});

const fetchPanel = async (name) => {
  fetched.value = { ...fetched.value, [name]: { state: "asked" } };
  let told;
  try {
    const module = await import(MODULES[name]);
    told = module[name] ? { state: "here", part: module[name] } : { state: "failed" };
  } catch (error) {
    console.error(name, error);
    told = { state: "failed" };
  }
  fetched.value = { ...fetched.value, [name]: told };
};

/** Show the component of that name, with these properties. */
export const Panel = ({ name, ...props }) => {
  const found = fetched.value[name];
  if (!found) queueMicrotask(() => fetched.peek()[name] ?? fetchPanel(name));
  if (found?.state === "here") return html`<${found.part} ...${props} />`;
  return html`<p class="empty">${found?.state === "failed" ? t("app.panel.failed") : t("app.loading")}</p>`;
};
