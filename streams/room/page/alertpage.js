// The page of one alert (`/alert/{id}`): all that somebody needs to act on it, on one screen.
//
// What changes second by second comes with the stream (`alerts`); the rest is asked for when the
// alert gets a new line, a note, or news of its messages.

import { Acts, CONFIRM_KEY } from "./alertacts.js";
import { Evidence } from "./alertevidence.js";
import { Notes } from "./alertnotes.js";
import { Changes, DoNow, LadderOf, Left, Related, Where, Why } from "./alertparts.js";
import { get } from "./api.js";
import { useDocument } from "./asking.js";
import { actsNow, doToRows } from "./doing.js";
import { Sev } from "./glyphs.js";
import { onKeys } from "./keys.js";
import { onPlainKeys } from "./plainkeys.js";
import { Empty, Path, Time } from "./signs.js";
import { alerts, link, nowMs, problemText, say, session } from "./store.js";
import { t, takerOf, tps, triage } from "./store.js";
import { clockOf, isoIn, zoneOf } from "./time.js";
import { Stages } from "./tps.js";
import { html, useEffect } from "./ui.js";
import { isAtStart } from "./ways.js";

const inPlace = { preventScroll: true };
const ask = (id) => get(`/api/v1/alerts/${encodeURIComponent(id)}`);

const levelAt = (row, by) =>
  row.levels[row.levels.findIndex((level) => level.code === row.level) + by];

/** What the big clock counts to, and from where nothing is due any more: `{at, says, level}`. */
const targetOf = (row, told) => {
  if (row.due_at) return { at: row.due_at, says: "climbs", level: levelAt(row, 1) };
  if (row.state === "acknowledged" && row.act_by_at) return { at: row.act_by_at, says: "actby" };
  if (row.state === "shelved" && row.shelved_until)
    return { at: row.shelved_until, says: "shelved" };
  const last = told.findLast((one) => one.at)?.at;
  return row.state === "unacknowledged" && last
    ? { at: last, says: "stays", level: levelAt(row, 0) }
    : null;
};

const Due = ({ page, row }) => {
  const target = targetOf(row, page.told);
  if (!target)
    return html`<div class="hc quiet"><span>${t(`alert.nodue.${row.state}`)}</span></div>`;
  const { at, says, level } = target;
  return html`<div class=${says === "climbs" || says === "stays" ? "hc" : "hc quiet"}>
    <${Left} due=${at} name="num cdw" />
    <span>${t(`alert.clock.${says}`)} <b>${say(level?.name)}</b><br /><${Time} at=${at} zone />
    </span></div>`;
};

const Head = ({ page, row }) => {
  const taker = takerOf(row);
  return html`<header class="hd" data-s=${row.severity}>
  <div class="hl"><${Sev} severity=${row.severity} />
    <span class="m">${row.rule} · ${row.key && `${row.key} · `}${t(`alert.state.${row.state}`)}
      ${taker && ` (${say(taker)})`} · ${t("alert.opened")} <${Time}
        at=${row.opened_at} />
      ${row.restricted && html` · <b>${t("alert.restricted")}</b>`}${row.drill && html` · <b>
      ${t("alert.drill")}</b>`} <a class="toprint" href=${`/print/alert/${row.id}`}>
      ${t("print.sheet")}</a></span>
    <h1 tabindex="-1">${say(row.title)}</h1>
    <${Path} path=${page.path} /></div>
  <${Due} page=${page} row=${row} /></header>`;
};

/** Give the acts their keys; one that is shut says why. Gives how to take them back. */
const giveKeys = (row) => {
  const acts = actsNow(row);
  const deed = (act) => () => {
    doToRows(act.kind, [row]);
  };
  const confirm = acts.find((act) => act.kind === "confirm");
  const stop = onKeys(
    Object.fromEntries(acts.filter((act) => act.key).map((act) => [act.key, deed(act)])),
  );
  const stopConfirm = confirm ? onPlainKeys(() => ({ [CONFIRM_KEY]: deed(confirm) })) : () => {};
  return () => {
    stop();
    stopConfirm();
  };
};

const Foot = ({ row }) =>
  html`<footer class="pf"><span class="code">${row.id} · r${row.revision}</span>
  <span>${t("alert.notes", { count: row.notes })}</span>
  <span>${t("alert.stamp", { user: session.value?.name ?? "", at: stampOf(row) })}</span></footer>`;

const stampOf = (row) => {
  const zone = zoneOf(row.opened_at);
  const at = isoIn(nowMs(), zone);
  return `${at.slice(0, 10)} ${clockOf(at)} ${zone}`;
};

const Whole = ({ page, row }) => html`<${Head} page=${page} row=${row} /><${Acts} row=${row} />
  <div class="cols"><div class="c1">
    <${DoNow} page=${page} row=${row} /><${Why} page=${page} row=${row} />
    <${Evidence} page=${page} row=${row} />
    ${tps.value.has(row.place) && html`<${Stages} code=${row.place} />`}
  </div><div class="c2">
    <${LadderOf} page=${page} row=${row} /><${Where} row=${row} />
    <${Notes} page=${page} row=${row} />
    <${Related} page=${page} row=${row} /><${Changes} page=${page} row=${row} />
  </div></div><${Foot} row=${row} />`;

/** One alert, whole. */
export const AlertPage = ({ id }) => {
  const live = alerts.value.get(id);
  const marks =
    live &&
    [live.revision, live.notes, live.written, live.reached, live.unreached, live.updated_at].join();
  const { page, problem } = useDocument(ask, id, marks);
  const row = live ?? page?.row;
  useEffect(
    () => (row ? giveKeys(row) : undefined),
    [row, session.value, link.value, triage.value],
  );
  useEffect(
    () => void (isAtStart() && document.querySelector("main.alp h1")?.focus(inPlace)),
    [id, page !== null],
  );
  if (!page)
    return html`<main class="alp" id="main" tabindex="-1">
    <${Empty} text=${problem ? say(problemText(problem)) : t("desk.loading")} /></main>`;
  return html`<main class="alp" id="main" tabindex="-1">
    ${problem && html`<p class="nothing" role="status">${say(problemText(problem))}</p>`}
    <${Whole} page=${page} row=${row} /></main>`;
};
