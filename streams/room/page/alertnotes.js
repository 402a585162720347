// What people wrote down about an alert and did about it: notes, ticks, reasons, who was sent.

import { Time } from "./signs.js";
import { has, say, t } from "./store.js";
import { msOf } from "./time.js";
import { html } from "./ui.js";

/** The deed that made a line; undefined: no person made it. */
export const deedOf = ({ deeds = [] }, line) => deeds.find(({ cause }) => cause === line.cause);

/**
 * Notes and deeds as one list, the newest first. A deed that says nothing and has made a line is
 * told there, by whom too (`Changes`).
 */
export const writtenOf = ({ notes = [], deeds = [], lines = [] }) => {
  const told = new Set(lines.map(([line]) => line.cause));
  const isOwn = ({ kind, text, sent, cause }) =>
    kind !== "note" && (text || sent || !told.has(cause));
  return [
    ...notes
      .filter(({ text, step }) => text || step)
      .map((note) => ({ ...note, kind: "note", sent: "" })),
    ...deeds.filter(isOwn),
  ].toSorted((one, other) => msOf(other.at) - msOf(one.at));
};

const roleOf = (role) => (has(`alert.role.${role}`) ? t(`alert.role.${role}`) : role);

/** `posko-1 (operator)`: as the server calls him. */
export const byOf = ({ by, role }) => `${by} (${roleOf(role)})`;

const stepOf = (step, checklist) => say(checklist.find(({ key }) => key === step)) || step;

/** Commands of the desk are told as it calls them. */
const kindText = (kind) =>
  t(has(`alert.do.${kind}`) ? `alert.do.${kind}` : `app.do.${kind}`);

const saidOf = (one, checklist) =>
  [
    one.kind !== "note" && kindText(one.kind),
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
        <span class="m"> ${byOf(one)}</span></li>`,
    )}</ol></section>`;
};
