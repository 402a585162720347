// What is told at the foot of the page: a command's way, and five seconds in which it goes back.

import { bound } from "./keys.js";
import { alerts, briefOf, say, t, toasts } from "./store.js";
import { canUndo, undo } from "./told.js";
import { classes, html } from "./ui.js";

const WAYS = ["held", "done", "sending", "sent", "unknown", "lost", "refused"];
const TITLES_NAMED = 3;

/** How they stand as a whole: the worst that happened to one of them. */
const wayOf = (commands) =>
  WAYS.findLast((way) => commands.some(({ state }) => state === way)) ?? "";

/** `diterima`, or how many of them are how: `2 diterima, 2 ditolak`. */
const waysSaid = (commands) => {
  const counted = WAYS.map((way) => [way, commands.filter(({ state }) => state === way).length]);
  const held = counted.filter(([, count]) => count);
  if (held.length === 1) return t(`app.way.${held[0][0]}`);
  return held.map(([way, count]) => `${count} ${t(`app.way.${way}`)}`).join(", ");
};

const titlesOf = (commands) => {
  const rows = commands.map(({ alert }) => alerts.value.get(alert)).filter(Boolean);
  const named = rows.slice(0, TITLES_NAMED).map(briefOf).join(", ");
  return rows.length > TITLES_NAMED ? `${named} +${rows.length - TITLES_NAMED}` : named;
};

/** Each reason once, with the alerts that it is about where there are several. */
const reasonsOf = (commands) => {
  const byReason = new Map();
  for (const one of commands.filter(({ reason }) => reason)) {
    const reason = say(one.reason);
    byReason.set(reason, [...(byReason.get(reason) ?? []), one]);
  }
  const isOne = commands.length === 1;
  return [...byReason].map(([reason, found]) => [isOne ? "" : titlesOf(found), reason]);
};

const Reasons = ({ commands }) =>
  reasonsOf(commands).map(
    ([titles, reason]) =>
      html`<span class="reasons" key=${reason}>${titles && html`<b>${titles}</b>${" – "}`}${reason}
      </span>`,
  );

const Toast = ({ toast }) => {
  const { commands } = toast;
  const way = wayOf(commands);
  return html`<p class=${classes("toast", toast.kind, way)}>
    <span>${toast.text()}</span>
    ${way && html`<span class="way">${waysSaid(commands)}</span>`}
    <${Reasons} commands=${commands} />
    ${
      canUndo(toast) &&
      html`<button onClick=${() => undo(toast)}>${t("app.undo")} <kbd>${bound.value.undo}</kbd>
      </button>${["held", "done"].includes(way) && html`<i></i>`}`
    }
  </p>`;
};

/** All that is told now; read out politely. */
export const Toasts = () =>
  html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map((toast) => html`<${Toast} key=${toast.id} toast=${toast} />`)}
  </div>`;
