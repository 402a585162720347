// What people wrote down about an alert and did about it: notes, ticks, reasons, who was sent.

import { Time } from "./signs.js";
import { has, say, t } from "./store.js";
import { html } from "./ui.js";

/** Notes and deeds as one list, the newest first; a deed that says nothing is a line already. */
export const writtenOf = ({ notes = [], deeds = [] }) =>
  [
    ...notes
      .filter(({ text, step }) => text || step)
      .map((note) => ({ ...note, kind: "note", sent: "" })),
    ...deeds.filter(({ kind, text, sent }) => kind !== "note" && (text || sent)),
  ].toSorted((one, other) => (one.at < other.at ? 1 : -1));

const roleOf = (role) => (has(`alert.role.${role}`) ? t(`alert.role.${role}`) : role);

const stepOf = (step, checklist) => say(checklist.find(({ key }) => key === step)) || step;

const saidOf = (one, checklist) =>
  [
    one.kind !== "note" && t(`alert.do.${one.kind}`),
    one.sent,
    one.step && `✓ ${stepOf(one.step, checklist)}`,
    one.text,
  ]
    .filter(Boolean)
    .join(" · ");

/**
 * How many notes were written whose text is not here: it is on its way by another topic, or is kept
 * no more.
 */
export const unreadOf = (page, row) =>
  Math.max(0, row.notes - writtenOf(page).filter(({ kind }) => kind === "note").length);

/** The section; where nothing was written it says so. */
export const Notes = ({ page, row }) => {
  const found = writtenOf(page);
  const unread = unreadOf(page, row);
  return html`<section class="log"><h2>${t("alert.written")} <b class="num">${found.length}</b></h2>
    ${found.length + unread === 0 && html`<p class="m">${t("print.none")}</p>`}
    ${unread > 0 && html`<p class="m">${t("alert.unread", { count: unread })}</p>`}
    <ol>${found.map(
      (one) => html`<li key=${`${one.at}${one.by}${one.kind}`}><${Time} at=${one.at} />
        <b>${saidOf(one, page.alert.checklist)}</b>
        <span class="m"> ${one.by} (${roleOf(one.role)})</span></li>`,
    )}</ol></section>`;
};
