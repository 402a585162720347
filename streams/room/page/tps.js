// The page of one TPS (`/tps/{code}`): its day, its alerts, and what has changed in them.

import { get } from "./api.js";
import { useDocument } from "./asking.js";
import { Sev, Sit } from "./glyphs.js";
import { Empty, Path, Time } from "./signs.js";
import { areas, briefOf, placeOf, problemText, say, t, tps, tpsRows } from "./store.js";
import { hourOf } from "./time.js";
import { html } from "./ui.js";

const ask = (code) => get(`/api/v1/tps/${encodeURIComponent(code)}`);

const MARKS = { suspended: "x", postponed: "x" };

/** The day of a TPS as a line: each stage at the hour at which it was seen first. */
export const Day = ({ stages }) => {
  if (!stages.length) return html`<p class="m">${t("alert.tps.nothing")}</p>`;
  return html`<ol class="tl2">${stages.map(
    ([stage, since], index) => html`<li key=${index} class=${MARKS[stage] ?? ""}>
      <time class="num" datetime=${since}>${hourOf(since)}</time><span>${t(`alert.stage.${stage}`)}
      </span></li>`,
  )}</ol>`;
};

/** The same as a panel of an alert's page; asked for anew when the TPS changes. */
export const Stages = ({ code }) => {
  const { page } = useDocument(ask, code, tps.value.get(code)?.stage_at);
  return html`<section class="tps"><h2><a href=${`/tps/${encodeURIComponent(code)}`}>
  ${placeOf(code)}</a>
    <span class="m">${t("alert.tps.today")}</span></h2>
    ${page ? html`<${Day} stages=${page.stages} />` : html`<p class="m">${t("desk.loading")}</p>`}
    </section>`;
};

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

const Facts = ({ one }) => {
  const kecamatan = areas.value.get(one.code.slice(0, 8));
  return html`<section class="loc"><h2>${t("alert.tps.stands")}</h2><dl>
    <${Fact} name=${t("alert.class")}>${t(`alert.class.${one.tps_class}`)}<//>
    <${Fact} name=${t("alert.stage")}>${t(`alert.stage.${one.stage}`)}
      <span class="m"> ${t("alert.since")} <${Time} at=${one.stage_at} /></span><//>
    <${Fact} name=${t("alert.heard")}><${Time} at=${one.heard_at} />
      ${one.silent && html` <b>${t("alert.silent")}</b>`}<//>
    <${Fact} name=${t("alert.posture")}>${t(one.raised ? "alert.posture.raised"
      : "alert.posture.usual")}<//>
    <${Fact} name=${t("alert.box")}>${t(`alert.box.${one.box ?? "none"}`)}<//>
    ${
      kecamatan?.colour &&
      html`<${Fact} name=${t("alert.situation", { name: kecamatan.name })}>
      <${Sit} colour=${kecamatan.colour} /><//>`
    }
  </dl></section>`;
};

const Alert = ({ row }) => html`<li><${Sev} severity=${row.severity} bare /><div>
  <a href=${`/alert/${encodeURIComponent(row.id)}`}>${briefOf(row)}</a>
  <span class="m">${row.rule} · ${t(`alert.state.${row.state}`)} · <${Time} at=${row.opened_at} />
  </span></div></li>`;

const Lines = ({ page }) => {
  const titles = new Map(page.alerts.map((row) => [row.id, say(row.title)]));
  return html`<section class="log"><h2>${t("alert.changes")} <b class="num">${page.lines.length}</b>
  </h2>
    ${page.lines.length === 0 && html`<p class="m">${t("print.none")}</p>`}
    <ol>${page.lines.toReversed().map(
      ([line, said]) => html`<li key=${`${line.alert}.${line.revision}`}><${Time} at=${line.at} />
        <b>${say(said)}</b> <span class="m">${line.rule} · ${titles.get(line.alert) ?? ""}</span>
        </li>`,
    )}</ol></section>`;
};

const One = ({ page, one }) => html`<header class="hd"><div class="hl">
    <h1 tabindex="-1">${placeOf(one.code)}</h1><${Path} path=${page.path} /></div></header>
  <div class="cols"><div class="c1">
    <section class="tps"><h2>${t("alert.tps.day")}</h2><${Day} stages=${page.stages} /></section>
    <${Lines} page=${page} />
  </div><div class="c2"><${Facts} one=${one} />
    <section class="rel"><h2>${t("alert.tps.alerts")} <b class="num">${page.alerts.length}</b></h2>
      ${page.alerts.length === 0 && html`<p class="m">${t("alert.tps.noalerts")}</p>`}
      <ul>${page.alerts.map((row) => html`<${Alert} key=${row.id} row=${row} />`)}</ul></section>
  </div></div>`;

/** One TPS, whole. */
export const TpsPage = ({ code }) => {
  const live = tpsRows.value.get(code);
  const marks = live && [live.stage, live.heard_at, live.silent].join();
  const { page, problem } = useDocument(ask, code, marks);
  const text = problem ? say(problemText(problem)) : t("desk.loading");
  return html`<main class="alp" id="main" tabindex="-1">
    ${page ? html`<${One} page=${page} one=${live ?? page.tps} />` : html`<${Empty}
      text=${text} />`}</main>`;
};
