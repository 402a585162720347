// What is told at the foot of the page: a command's way, and five seconds in which it goes back.

import { bound } from "./keys.js";
import { dismiss, pending, t, toasts } from "./store.js";
import { classes, html } from "./ui.js";

const wayOf = (commands) => {
  const states = commands.map((id) => pending.value.get(id)?.state ?? "done");
  if (states.includes("refused")) return "refused";
  return states.includes("sent") ? "sent" : "done";
};

const Toast = ({ toast }) => {
  const way = toast.commands.length ? wayOf(toast.commands) : "";
  const undo = () => {
    dismiss(toast.id);
    toast.undo();
  };
  return html`<p class=${classes("toast", toast.kind, way)}>
    <span>${toast.text()}</span>
    ${way && html`<span class="way">${t(`app.way.${way}`)}</span>`}
    ${
      toast.undo &&
      html`<button onClick=${undo}>${t("app.undo")} <kbd>${bound.value.undo}</kbd></button>`
    }
    ${toast.undo && html`<i></i>`}
  </p>`;
};

/** All that is told now; read out politely. */
export const Toasts = () =>
  html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
  </div>`;
