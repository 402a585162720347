// The triage desk (`/triage`): reports that wait for a person, the gravest first, and what one key
// does to each. Who reported is not shown here, only a mark by which one voice can be told from
// another.

import { areCategoriesKnown, loadCategories, severities } from "./categories.js";
import { Icon, Mark } from "./glyphs.js";
import { onKeys } from "./keys.js";
import { onPlainKeys } from "./plainkeys.js";
import { askSaid, said, Said } from "./said.js";
import { Button, Empty, Time } from "./signs.js";
import { choicesOf, decidedOf, ORDERS, severityOf, wholeDesk } from "./sorting.js";
import { now, number, say, t, triage } from "./store.js";
import { minutesSince, msOf } from "./time.js";
import { deedsOfOpen } from "./triagedeeds.js";
import { Detail } from "./triagedetail.js";
import * as desk from "./triagerows.js";
import { html, useEffect } from "./ui.js";

const { narrow, narrowing, openRow, shown, shownIds, waiting } = desk;

const step = (by) => {
  desk.step(by);
  const id = openRow.value?.report.id;
  requestAnimationFrame(() =>
    document.getElementById(`report-${id}`)?.scrollIntoView({ block: "nearest" }),
  );
};

const Age = ({ row }) => {
  const minutes = minutesSince(msOf(row.report.received_at), now.value);
  const hours = Math.floor(minutes / 60);
  const key = hours ? "desk.hours" : "desk.minutes";
  return html`<b class="num">${t(key, { hours, minutes: minutes % 60 })}</b>`;
};

const Severity = ({ row }) => {
  const severity = severityOf(row, severities.value);
  return severity
    ? html`<${Mark} severity=${severity} /><span class="vh">${t(`app.severity.${severity}`)}</span>`
    : html`<i></i>`;
};

const Line = ({ row, isAlike }) => {
  const { report } = row;
  const isOpen = openRow.value?.report.id === report.id;
  const stands = desk.isOver(row) ? t("desk.triage.isover") : say(row.waits_because);
  return html`<li id=${`report-${report.id}`} class=${isAlike ? "alike" : ""}>
    <button type="button" class="line" aria-current=${isOpen ? "true" : undefined}
      onClick=${() => desk.choose(report.id)}>
      <span class="age"><${Severity} row=${row} /><${Age} row=${row} /></span>
      <span class="both"><b>${say(row.category) || t("desk.triage.nocategory")}</b><span class="m">
      ${desk.placeIn(row)} · ${stands}</span></span>
      <${Said} id=${report.id} name="brief" />
    </button></li>`;
};

const List = () => html`<ol class="lines" aria-label=${t("desk.triage")}>
  ${shown.value.map(
    ({ first, others }) => html`<${Line} key=${first.report.id} row=${first} />
      ${others.map((row) => html`<${Line} key=${row.report.id} row=${row} isAlike />`)}`,
  )}${
    desk.undrawn.value > 0 &&
    html`<li key="more"><button type="button" class="drawmore" onClick=${desk.drawMore}>
      ${t("desk.triage.more", { count: number(desk.undrawn.value) })}</button></li>`
  }</ol>`;

const Choice = ({ name, options }) => html`<label><span>${t(`desk.triage.sift.${name}`)}</span>
  <select value=${narrowing.value[name]}
    onChange=${(event) => narrow({ [name]: event.currentTarget.value })}>
    ${options.map(
      ([value, label]) => html`<option key=${value} value=${value}
        selected=${narrowing.value[name] === value}>${label}</option>`,
    )}</select></label>`;

const any = () => ["", t("queue.any")];
const counted = (label, count) => `${label} (${number(count)})`;

const ofCategory = () =>
  choicesOf(waiting.value, ({ report }) => report.category || "-").map(([code, row, count]) => [
    code,
    counted(say(row.category) || t("desk.triage.nocategory"), count),
  ]);

const ofReason = () =>
  choicesOf(waiting.value, (row) => row.waits_because.id).map(([why, row, count]) => [
    why,
    counted(say(row.waits_because), count),
  ]);

/** Whose words have not been read yet cannot be found by them. */
const Unread = () => {
  const count = waiting.value.filter(({ report }) => !said.value.has(report.id)).length;
  if (!narrowing.value.text.trim() || !count) return null;
  return html`<span class="m" role="status">${t("desk.triage.unread", { count: number(count) })}
  </span>`;
};

const leaveField = (event) => event.key === "Escape" && event.target.blur();

const Narrow = () => html`<div class="sift" role="search" aria-label=${t("queue.narrow")}
    onKeyDown=${leaveField}>
  <${Choice} name="order" options=${ORDERS.map((one) => [one, t(`desk.triage.order.${one}`)])} />
  <${Choice} name="category" options=${[any(), ...ofCategory()]} />
  <${Choice} name="why" options=${[any(), ...ofReason()]} />
  <label class="find"><${Icon} name="search" /><span class="vh">${t("desk.triage.find")}</span>
    <input type="search" value=${narrowing.value.text} placeholder=${t("desk.triage.find")}
      onInput=${(event) => narrow({ text: event.currentTarget.value })} />
  </label>
  <${Unread} /></div>`;

const Decided = () => {
  const found = decidedOf([...triage.value.values()]);
  if (!found.length) return null;
  const most = found.slice(0, 50);
  return html`<details class="decided"><summary>${t("desk.triage.decided", { count: found.length })}
  </summary>
    <ul>${most.map(
      (row) => html`<li key=${row.report.id}><${Time} at=${row.report.at} />
      <b>${t(`desk.triage.${row.report.status}`)}</b> ${say(row.category)} <span class="m">
      ${say(row.place)}</span></li>`,
    )}</ul>
    ${
      found.length > most.length &&
      html`<p class="m">${t("print.more", { count: found.length - most.length })}</p>`
    }</details>`;
};

const Nothing = () => {
  if (shownIds.value.length) return null;
  if (!waiting.value.length) return html`<${Empty} text=${t("desk.triage.empty")} />`;
  const clear = () => narrow({ ...wholeDesk, order: narrowing.value.order });
  return html`<${Empty} text=${t("desk.triage.nonesuch")} />
    <p class="ends mid"><${Button} label=${t("queue.clear")} onClick=${clear} /></p>`;
};

/** Words are asked for of what is drawn; of all that waits only where they are searched. */
const useWords = () => {
  const row = openRow.value;
  const rest = narrowing.value.text.trim() ? waiting.value.map(({ report }) => report.id) : [];
  useEffect(() => {
    askSaid([row?.report.id, ...shownIds.value, ...rest]);
  }, [shownIds.value, row, rest.length]);
};

/** The desk. */
export const Triage = () => {
  const row = openRow.value;
  useEffect(() => {
    loadCategories();
  }, []);
  useEffect(desk.openFirst, [shownIds.value, areCategoriesKnown.value]);
  useWords();
  useEffect(() => onPlainKeys(deedsOfOpen), []);
  useEffect(() => onKeys({ down: () => step(1), up: () => step(-1) }), []);
  const [count, all] = [desk.meantCount.value, waiting.value.length];
  return html`<main class="bench" id="main" tabindex="-1">
    <header><h1>${t("desk.triage")} <b class="num">${number(count)}</b>
      ${count < all && html`<span class="m"> / ${number(all)}</span>`}</h1>
      <p class="m">${t("desk.triage.lead")}</p></header>
    <${Narrow} /><${Nothing} />
    <div class="split"><${List} />${row && html`<${Detail} key=${row.report.id} row=${row} />`}
    </div>
    <${Decided} /></main>`;
};
