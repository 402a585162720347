// The triage desk (`/triage`): reports that wait for a person, the oldest first, and what one key
// does to each. Who reported is not shown here, only a mark by which one voice can be told from
// another.

import { Combo } from "./combo.js";
import { askReason } from "./dialogs.js";
import { onKeys } from "./keys.js";
import { senderOf } from "./ledger.js";
import { find, placesOf } from "./places.js";
import { onPlainKeys } from "./plainkeys.js";
import { askSaid, Said, speakerOf } from "./said.js";
import { Button, Empty, Standing, Time } from "./signs.js";
import { candidateOf, decidedOf, groupsOf, nextAfter, placing, waitingOf } from "./sorting.js";
import {
  areas,
  command,
  commandAll,
  link,
  nameOf,
  now,
  pending,
  placeOf,
  say,
  session,
  t,
  toast,
  tps,
  triage,
} from "./store.js";
import { minutesSince, msOf } from "./time.js";
import { computed, html, signal, useEffect, useState } from "./ui.js";

const chosen = signal("");
/** Command that was sent for a report, by the report's id: its way is shown beside it. */
const sent = signal(new Map());
/** Category that somebody chose for the report that is open. */
const category = signal({ id: "", code: "" });

const waiting = computed(() => waitingOf([...triage.value.values()]));
const groups = computed(() => groupsOf(waiting.value));
/** The oldest are worked off first, so what waits behind so many need not be drawn. */
const SHOWN = 200;
const shown = computed(() => groups.value.slice(0, SHOWN));
const order = computed(() =>
  shown.value.flatMap(({ first, others }) => [first, ...others].map((row) => row.report.id)),
);
const rowOf = (id) => triage.value.get(id);

const whyNot = (kind) => {
  if (link.value === "offline") return t("alert.not_offline");
  if (!session.value?.may.includes(kind)) {
    return t("alert.not_role", { role: t(`alert.role.${session.value?.role}`) });
  }
  return null;
};

const refused = (kind) => {
  const why = whyNot(kind);
  if (why) toast(why, { kind: "refused" });
  return why !== null;
};

const remember = (ids, commands) => {
  const next = new Map(sent.value);
  ids.forEach((id, index) => next.set(id, commands[index] ?? ""));
  sent.value = next;
};

const chosenCategory = (row) => (category.value.id === row.report.id ? category.value.code : "");

const place = async (rows, code) => {
  if (refused("place_report")) return;
  const bodies = rows.map((row) => placing(row.report.id, code, chosenCategory(row)));
  const ids = rows.map((row) => row.report.id);
  remember(ids, await commandAll("place_report", bodies));
};

const confirm = async (row) => {
  if (refused("confirm_report")) return;
  const body = { report: row.report.id, category: chosenCategory(row) || undefined };
  remember([row.report.id], [await command("confirm_report", body)]);
};

const reject = async (rows) => {
  if (refused("reject_report")) return;
  const reason = await askReason(t("desk.triage.reject.title", { count: rows.length }), {
    needed: true,
    send: t("desk.triage.reject"),
  });
  if (reason === null) return;
  const ids = rows.map((row) => row.report.id);
  remember(
    ids,
    await commandAll(
      "reject_report",
      ids.map((report) => ({ report, reason })),
    ),
  );
};

const step = (by) => {
  const at = order.value.indexOf(chosen.value);
  const next = order.value[Math.min(order.value.length - 1, Math.max(0, at + by))];
  if (!next) return;
  chosen.value = next;
  document.getElementById(`report-${next}`)?.scrollIntoView({ block: "nearest" });
};

const deedsOf = (row) => {
  const digits = Object.fromEntries(
    row.candidates.slice(0, 9).map(([code], index) => [index + 1, () => place([row], code)]),
  );
  return { ...digits, c: () => confirm(row), x: () => reject([row]) };
};

const deedsOfChosen = () => {
  const row = rowOf(chosen.value);
  return row ? deedsOf(row) : {};
};

const Age = ({ row }) => {
  const minutes = minutesSince(msOf(row.report.received_at), now.value);
  const hours = Math.floor(minutes / 60);
  const key = hours ? "desk.hours" : "desk.minutes";
  return html`<b class="num">${t(key, { hours, minutes: minutes % 60 })}</b>`;
};

/** In the list, where every line lies in one kabupaten, a place goes up to its kecamatan only. */
const placeIn = (row) => {
  const { area } = row.report;
  return nameOf(area) === area ? say(row.place) : area.length > 5 ? placeOf(area) : nameOf(area);
};

const Line = ({ row, isAlike }) => {
  const { report } = row;
  const isOpen = chosen.value === report.id;
  return html`<li id=${`report-${report.id}`} class=${isAlike ? "alike" : ""}>
    <button type="button" class="line" aria-current=${isOpen ? "true" : undefined}
      onClick=${() => (chosen.value = report.id)}>
      <${Age} row=${row} />
      <span class="both"><b>${say(row.category) || t("desk.triage.nocategory")}</b><span class="m">
      ${placeIn(row)} · ${say(row.waits_because)}</span></span>
      <${Said} id=${report.id} name="brief" />
    </button></li>`;
};

const List = () => html`<ol class="lines" aria-label=${t("desk.triage")}>
  ${shown.value.map(
    ({ first, others }) => html`<${Line} key=${first.report.id} row=${first} />
      ${others.map((row) => html`<${Line} key=${row.report.id} row=${row} isAlike />`)}`,
  )}${
    waiting.value.length > order.value.length &&
    html`<li class="m">${t("print.more", { count: waiting.value.length - order.value.length })}
    </li>`
  }</ol>`;

const places = computed(() => placesOf(areas.value, tps.value, nameOf));

const Elsewhere = ({ row }) => {
  const [text, setText] = useState("");
  const inKabupaten = (entry) => entry.value.startsWith(row.report.area.slice(0, 5));
  return html`<div class="fld"><span>${t("desk.triage.elsewhere")}</span>
    <${Combo} text=${text} onText=${setText} hint=${t("desk.place.hint")}
      aria-label=${t("desk.triage.elsewhere")}
      search=${(typed) => find(places.value.filter(inKabupaten), typed)}
      onPick=${(entry) => entry && place([row], entry.value)} /></div>`;
};

const Candidates = ({ row, alike }) => html`<section><h3>${t("desk.triage.where")}</h3>
  ${row.candidates.length === 0 && html`<p class="m">${t("desk.triage.nocandidate")}</p>`}
  <ol class="cands">${row.candidates.slice(0, 9).map(
    ([code, name], index) => html`<li key=${code}>
      <${Button} label=${name} keyName=${String(index + 1)} because=${whyNot("place_report")}
        onClick=${() => place([row], candidateOf(row, index + 1)[0])} />
      <span class="code">${code}</span>
      ${
        alike.length > 0 &&
        html`<${Button} label=${t("desk.triage.all", { count: alike.length + 1 })}
        because=${whyNot("place_report")} onClick=${() => place([row, ...alike], code)} />`
      }
    </li>`,
  )}</ol><${Elsewhere} row=${row} /></section>`;

const Categories = ({ row }) => {
  const options = row.suggestions.filter(([code]) => code !== row.report.category);
  if (!options.length) return null;
  const pick = (code) => (category.value = { id: row.report.id, code });
  const is = chosenCategory(row);
  return html`<fieldset class="pick"><legend>${t("desk.triage.what")}</legend>
    ${[[row.report.category, row.category], ...options]
      .filter(([code]) => code)
      .map(
        ([code, text]) => html`<label key=${code}><input type="radio" name="category" value=${code}
        checked=${is ? is === code : code === row.report.category} onChange=${() => pick(code)} />
        <span>${say(text)}</span><span class="code">${code}</span></label>`,
      )}</fieldset>`;
};

const Facts = ({ report }) => html`<dl class="facts">
  <div><dt>${t("alert.ev.happened")}</dt><dd><${Time} at=${report.evidence.at} zone /></dd></div>
  <div><dt>${t("alert.ev.received")}</dt><dd><${Time} at=${report.received_at} zone /></dd></div>
  <div><dt>${t("desk.triage.voice")}</dt><dd class="num">${senderOf(report.evidence)}
    <span class="m"> ${[speakerOf(report.id), report.channel].filter(Boolean).join(" · ")}</span>
    </dd></div>
  <div><dt>${t("desk.triage.id")}</dt><dd class="code">${report.id}</dd></div>
  ${
    report.alert &&
    html`<div><dt>${t("desk.triage.alert")}</dt>
    <dd><a href=${`/alert/${encodeURIComponent(report.alert)}`}>${report.alert}</a></dd></div>`
  }
</dl>`;

const Detail = ({ row }) => {
  const alike = row.similar.map(rowOf).filter((one) => one && order.value.includes(one.report.id));
  return html`<article class="detail" aria-label=${t("desk.triage.detail")}>
    <h2>${say(row.category) || t("desk.triage.nocategory")} <span class="code">
    ${row.report.category}</span></h2>
    <p>${say(row.place)} <span class="code">${row.report.area}</span></p>
    <p class="words"><${Said} id=${row.report.id} name="whole" /></p>
    <p class="because">${say(row.waits_because)}</p>
    <${Facts} report=${row.report} /><${Categories} row=${row} />
    <${Candidates} row=${row} alike=${alike} />
    ${
      alike.length > 0 &&
      html`<section><h3>${t("desk.triage.alike", { count: alike.length })}</h3>
      <ul class="alikes">${alike.map(
        (one) => html`<li key=${one.report.id}><${Time} at=${one.report.evidence.at} />
        <span class="num">${senderOf(one.report.evidence)}</span> <${Said} id=${one.report.id}
        name="brief" /></li>`,
      )}</ul></section>`
    }
    <p class="ends"><${Button} label=${t("desk.triage.confirm")} keyName="c" solid
        because=${whyNot("confirm_report")} onClick=${() => confirm(row)} />
      <${Button} label=${t("desk.triage.reject")} keyName="x" because=${whyNot("reject_report")}
        onClick=${() => reject([row])} />
      ${
        alike.length > 0 &&
        html`<${Button} label=${t("desk.triage.rejectall", { count: alike.length + 1 })}
        because=${whyNot("reject_report")} onClick=${() => reject([row, ...alike])} />`
      }
      <${Standing} pending=${pending.value.get(sent.value.get(row.report.id))} /></p>
  </article>`;
};

const Decided = () => {
  const found = decidedOf([...triage.value.values()]).slice(0, 50);
  if (!found.length) return null;
  return html`<details class="decided"><summary>${t("desk.triage.decided", { count: found.length })}
  </summary>
    <ul>${found.map(
      (row) => html`<li key=${row.report.id}><${Time} at=${row.report.at} />
      <b>${t(`desk.triage.${row.report.status}`)}</b> ${say(row.category)} <span class="m">
      ${say(row.place)}</span></li>`,
    )}</ul></details>`;
};

const last = { order: [] };

/** The desk. */
export const Triage = () => {
  const row = rowOf(chosen.value);
  useEffect(() => {
    chosen.value = nextAfter(last.order, waiting.value, chosen.value);
    last.order = order.value;
  }, [order.value]);
  useEffect(() => {
    askSaid([chosen.value, ...order.value]);
  }, [order.value, chosen.value]);
  useEffect(() => onPlainKeys(deedsOfChosen), []);
  useEffect(() => onKeys({ down: () => step(1), up: () => step(-1) }), []);
  return html`<main class="bench" id="main" tabindex="-1">
    <header><h1>${t("desk.triage")} <b class="num">${waiting.value.length}</b></h1>
      <p class="m">${t("desk.triage.lead")}</p></header>
    ${waiting.value.length === 0 && html`<${Empty} text=${t("desk.triage.empty")} />`}
    <div class="split"><${List} />${row && html`<${Detail} key=${row.report.id} row=${row} />`}
    </div>
    <${Decided} /></main>`;
};
