// The printed sheets (`/print/handover`, `/print/situation`, `/print/alert/{id}`): white paper,
// times as they were, nothing to press but “print”, which does not come out itself.

import { AlertPage } from "./alertpage.js";
import { get } from "./api.js";
import { useDocument } from "./asking.js";
import { Sev, Sit } from "./glyphs.js";
import {
  boxesOf,
  byArea,
  countsOf,
  dueOf,
  dueSoon,
  handoverOf,
  openCountsOf,
  openOf,
  stagesOf,
  strengthOf,
  tenseOf,
  totalsOf,
} from "./sheets.js";
import { Button, Time } from "./signs.js";
import {
  alerts,
  areasOfDay,
  briefOf,
  drillKind,
  language,
  letters,
  link,
  nameOf,
  nowMs,
  number,
  placeOf,
  say,
  session,
  t,
  triage,
  zone,
  takerOf,
} from "./store.js";
import { clockIn, clockOf, dateIn } from "./time.js";
import { html, useEffect, useState } from "./ui.js";

const SOON_MIN = 15;
const FORECAST_MIN = 60;
const MOST = 60;

const OTHERS = { handover: "situation", situation: "handover" };

const Bar = ({ sheet, id }) => html`<p class="printbar">
  <a class="btn" href=${id ? `/alert/${encodeURIComponent(id)}` : "/"}>${t("print.back")}</a>
  ${
    OTHERS[sheet] &&
    html`<a class="btn" href=${`/print/${OTHERS[sheet]}`}>${t(`print.to.${OTHERS[sheet]}`)}</a>`
  }
  <${Button} label=${t("print.print")} solid onClick=${() => print()} /></p>`;

const Top = ({ title, at }) => html`<header class="ph"><h1>${title}</h1>
  <dl><div><dt>${t("print.area")}</dt><dd>${session.value?.area ? nameOf(session.value.area)
    : t("print.everywhere")}</dd></div>
    <div><dt>${t("print.date")}</dt><dd>${dateIn(at, zone.value, language.value)}</dd></div>
    <div><dt>${t("print.clock")}</dt><dd class="num">${clockIn(at, zone.value)} ${zone.value}</dd>
    </div>
    <div><dt>${t("print.by")}</dt><dd>${session.value?.name}</dd></div></dl>
  ${drillKind.value !== "none" && html`<p class="mark">${t("print.drill")}</p>`}
  ${link.value !== "live" && html`<p class="mark">${t(`print.link.${link.value}`)}</p>`}
  ${[...alerts.value.values()].some((row) => row.restricted) && html`<p class="mark">
  ${t("print.restricted")}</p>`}
</header>`;

const standOf = (row) =>
  [t(`alert.state.${row.state}`), takerOf(row) && `(${say(takerOf(row))})`]
    .filter(Boolean)
    .join(" ");

const levelOf = (row) =>
  say(row.levels.find((level) => level.code === row.level)?.name) || row.level;

const Row = ({ row }) => html`<tr><td><${Sev} severity=${row.severity} /></td>
  <td><b>${briefOf(row)}</b><span class="m">${row.rule} · ${placeOf(row.place)}</span></td>
  <td>${standOf(row)}<span class="m">${levelOf(row)}</span></td>
  <td class="num">${clockOf(row.opened_at)}</td><td class="num">
  ${dueOf(row) ? clockOf(dueOf(row)) : "–"}</td>
  <td class="num">${row.notes || ""}</td></tr>`;

const Table = ({ rows }) =>
  html`<table class="rows"><thead><tr><th scope="col">${t("print.severity")}</th>
    <th scope="col">${t("print.what")}</th><th scope="col">${t("print.stands")}</th>
    <th scope="col">${t("print.since")}</th><th scope="col">${t("print.due")}</th>
    <th scope="col">${t("print.notes")}</th></tr></thead>
  ${byArea(rows.slice(0, MOST)).map(
    ({ code, rows: its }) => html`<tbody key=${code}>
    <tr class="sub"><th colspan="6" scope="rowgroup">${nameOf(code)} <span class="code">${code}
    </span></th></tr>
    ${its.map((row) => html`<${Row} key=${row.id} row=${row} />`)}</tbody>`,
  )}</table>
  ${rows.length > MOST && html`<p class="m">${t("print.more", { count: rows.length - MOST })}
  </p>`}`;

const Section = ({ name, rows, always = false }) =>
  rows.length || always
    ? html`<section><h2>${t(`print.${name}`)} <b class="num">${rows.length}</b></h2>
        ${rows.length ? html`<${Table} rows=${rows} />` : html`<p class="m">${t("print.none")}</p>`}
        </section>`
    : null;

const Waiting = () => {
  const waiting = [...triage.value.values()].filter(
    (one) => one.report.status === "open" || one.report.status === "placed",
  );
  const away = totalsOf(areasOfDay.value.values()).boxesAway;
  const values = { triage: waiting.length, letters: letters.value.size, boxes: away };
  return html`<section><h2>${t("print.waiting")}</h2><p>${t("print.waiting.of", values)}</p>
  </section>`;
};

const Signatures = () =>
  html`<section class="sign"><h2>${t("print.remarks")}</h2><div class="lines"></div>
  <div class="hands"><p>${t("print.gives")}</p><p>${t("print.takes")}</p></div></section>`;

const openText = (counts) => t(counts.inhibited ? "print.open.inhibited" : "print.open", counts);

const Handover = ({ at, rows }) => {
  const parts = handoverOf(rows, session.value?.user, at);
  return html`<${Top} title=${t("print.handover")} at=${at} />
    <p class="lead">${openText(openCountsOf(rows))}</p>
    <${Section} name="overdue" rows=${parts.overdue} always />
    <${Section} name="mine" rows=${parts.mine} always />
    <${Section} name="soon" rows=${dueSoon(parts.running, at, SOON_MIN)} />
    <${Section} name="running" rows=${parts.running.filter((row) =>
      !dueSoon([row], at, SOON_MIN).length)} />
    <${Section} name="others" rows=${parts.others} />
    <${Section} name="shelved" rows=${parts.shelved} />
    <${Section} name="quiet" rows=${parts.quiet} /><${Waiting} /><${Signatures} />`;
};

const STATES = ["unacknowledged", "acknowledged", "returned", "shelved", "inhibited"];

const Counts = ({ rows }) =>
  html`<section><h2>${t("print.counts")}</h2><table class="nums"><thead><tr><th></th>
    ${STATES.map((state) => html`<th key=${state} scope="col">${t(`alert.state.${state}`)}</th>`)}
    <th scope="col">${t("print.all")}</th></tr></thead><tbody>
  ${Object.entries(countsOf(rows)).map(
    ([severity, counts]) => html`<tr key=${severity}>
    <th scope="row"><${Sev} severity=${severity} /></th>
    ${[...STATES, "all"].map((state) => html`<td key=${state} class="num">${counts[state] || "–"}
    </td>`)}</tr>`,
  )}
  </tbody></table></section>`;

const General = () => {
  const totals = totalsOf(areasOfDay.value.values());
  const tense = tenseOf(areasOfDay.value.values());
  return html`<section><h2>${t("print.general")}</h2>
    <p>${t("print.totals", Object.fromEntries(Object.entries(totals).map(([name, count]) =>
      [name, number(count)])))}</p>
    ${tense.length === 0 && html`<p>${t("print.calm")}</p>`}
    <ul>${tense.map((area) => html`<li key=${area.code}><${Sit} colour=${area.colour} />${" "}
    ${area.name}${area.colour_since && html` <span class="m">
    ${t("alert.since")} <${Time} at=${area.colour_since} /></span>`}</li>`)}</ul>
  </section>`;
};

const Stages = () =>
  html`<section><h2>${t("print.stages")}</h2><table class="nums"><thead><tr><th></th>
  <th scope="col">${t("print.now")}</th><th scope="col">${t("print.reached")}</th>
  <th scope="col">${t("print.expected")}</th></tr></thead><tbody>
  ${stagesOf(areasOfDay.value.values()).map(
    (one) => html`<tr key=${one.stage}><th scope="row">${t(`alert.stage.${one.stage}`)}</th>
    ${[one.count, one.reached, one.expected].map((count, index) => html`<td key=${index}
      class="num">${count === null ? "–" : number(count)}</td>`)}</tr>`,
  )}
  </tbody></table></section>`;

const Strength = () => {
  const rows = strengthOf(areasOfDay.value.values());
  if (!rows.length) return null;
  const fields = ["total", "free", "bound", "escorting", "needed", "bko"];
  return html`<section><h2>${t("print.strength")}</h2><table class="nums"><thead><tr><th></th>
    ${fields.map((field) => html`<th key=${field} scope="col">${t(`print.strength.${field}`)}
    </th>`)}</tr></thead><tbody>
    ${rows.slice(0, MOST).map(
      (row) => html`<tr key=${`${row.kabupaten}/${row.name}`} class=${row.needed ? "short" : ""}>
      <th scope="row">${row.name}</th>${fields.map((field) => html`<td key=${field} class="num">
      ${row[field] || "–"}</td>`)}</tr>`,
    )}
  </tbody></table></section>`;
};

const Boxes = () => {
  const rows = boxesOf(areasOfDay.value.values());
  if (!rows.length) return null;
  return html`<section><h2>${t("print.boxes")} <b class="num">${rows.length}</b></h2>
  <table class="nums"><thead><tr><th></th>
    <th scope="col">${t("print.left")}</th><th scope="col">${t("print.due")}</th><th scope="col">
    ${t("print.escorts")}</th></tr></thead>
    <tbody>${rows.slice(0, MOST).map(
      (row) => html`<tr key=${row.box}><th scope="row">${placeOf(row.tps)}</th>
      <td class="num">${clockOf(row.left_at)}</td><td class="num">
      ${row.due_at ? clockOf(row.due_at) : "–"}</td>
      <td class="num">${row.escorts}</td></tr>`,
    )}</tbody></table></section>`;
};

const askResolved = () => get("/api/v1/alerts", { state: "resolved", limit: 200 });

const isOfLastHour = (row, at) => row.resolved_at && Date.parse(row.resolved_at) >= at - 3_600_000;

const Situation = ({ at, rows }) => {
  const { page, problem } = useDocument(askResolved, "resolved", 0);
  const grave = openOf(rows).filter(
    (row) => row.severity === "critical" || row.severity === "high",
  );
  const resolved = (page?.alerts ?? []).filter((row) => isOfLastHour(row, at));
  return html`<${Top} title=${t("print.situation")} at=${at} /><${General} />
    <div class="twocol"><${Counts} rows=${rows} /><${Stages} /></div>
    <${Section} name="events" rows=${grave} always />
    ${problem ? html`<p class="m">${t("print.noresolved")}</p>` : html`<${Section} name="resolved"
      rows=${resolved} />`}
    <${Section} name="forecast" rows=${dueSoon(openOf(rows), at, FORECAST_MIN)} />
    <div class="twocol"><${Strength} /><${Boxes} /></div><${Waiting} />
    <p class="lead">${t("print.end")}</p>`;
};

const SHEETS = { handover: Handover, situation: Situation };

/** A sheet, as it stood when it was opened: a paper does not tick. */
export const Print = ({ sheet, id }) => {
  const isReady = alerts.value.size > 0 || areasOfDay.value.size > 0;
  const [frozen, setFrozen] = useState(null);
  useEffect(() => {
    if (isReady && frozen?.sheet !== sheet)
      setFrozen({ sheet, at: nowMs(), rows: [...alerts.value.values()] });
  }, [isReady, sheet]);
  if (sheet === "alert")
    return html`<div class="paper"><${Bar} id=${id} /><${AlertPage} id=${id} /></div>`;
  if (frozen?.sheet !== sheet)
    return html`<main class="paper" id="main"><p class="nothing">${t("desk.loading")}</p></main>`;
  return html`<div class="paper"><${Bar} sheet=${sheet} /><main id="main" class="sheet">
  <${SHEETS[sheet]} ...${frozen} /></main></div>`;
};
