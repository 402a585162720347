// The open report of the triage desk: what was said, where it may be, what can be done with it.

import { Combo } from "./combo.js";
import { senderOf } from "./ledger.js";
import { find, placesOf } from "./places.js";
import { Said, speakerOf } from "./said.js";
import { Button, Standing, Time } from "./signs.js";
import { areas, has, nameOf, pending, say, t, tps, triage } from "./store.js";
import { clockOf, zoneOf } from "./time.js";
import * as deeds from "./triagedeeds.js";
import { alike, isOver, step } from "./triagerows.js";
import { computed, html, useState } from "./ui.js";

const places = computed(() => placesOf(areas.value, tps.value, nameOf));

const Elsewhere = ({ row }) => {
  const [text, setText] = useState("");
  const inKabupaten = (entry) => entry.value.startsWith(row.report.area.slice(0, 5));
  return html`<div class="fld"><span>${t("desk.triage.elsewhere")}</span>
    <${Combo} text=${text} onText=${setText} hint=${t("desk.place.hint")}
      aria-label=${t("desk.triage.elsewhere")}
      search=${(typed) => find(places.value.filter(inKabupaten), typed)}
      onPick=${(entry) => entry && deeds.place([row], entry.value)} /></div>`;
};

const Candidates = ({ row }) => {
  const because = deeds.whyNot("place_report");
  const many = t("desk.triage.all", { count: alike.value.length + 1 });
  return html`<section><h3>${t("desk.triage.where")}</h3>
  ${row.candidates.length === 0 && html`<p class="m">${t("desk.triage.nocandidate")}</p>`}
  <ol class="cands">${row.candidates.slice(0, 9).map(
    ([code, name], index) => html`<li key=${code}>
      <${Button} label=${name} keyName=${String(index + 1)} because=${because}
        onClick=${() => deeds.place([row], code)} />
      <span class="code">${code}</span>
      ${
        alike.value.length > 0 &&
        html`<${Button} label=${many} because=${because}
          onClick=${() => deeds.place([row, ...alike.value], code)} />`
      }
    </li>`,
  )}</ol><${Elsewhere} row=${row} /></section>`;
};

const Categories = ({ row }) => {
  const options = row.suggestions.filter(([code]) => code !== row.report.category);
  if (!options.length) return null;
  const is = deeds.chosenCategory(row) || row.report.category;
  return html`<fieldset class="pick"><legend>${t("desk.triage.what")}</legend>
    ${[[row.report.category, row.category], ...options]
      .filter(([code]) => code)
      .map(
        ([code, text]) => html`<label key=${code}><input type="radio" name="category" value=${code}
        checked=${is === code} onChange=${() => deeds.chooseCategory(row, code)} />
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

const Alike = () =>
  alike.value.length > 0 &&
  html`<section><h3>${t("desk.triage.alike", { count: alike.value.length })}</h3>
  <ul class="alikes">${alike.value.map(
    (one) => html`<li key=${one.report.id}><${Time} at=${one.report.evidence.at} />
    <span class="num">${senderOf(one.report.evidence)}</span> <${Said} id=${one.report.id}
    name="brief" /></li>`,
  )}</ul></section>`;

const Way = ({ row }) => html`<${Standing}
  pending=${pending.value.get(deeds.sent.value.get(row.report.id))} />`;

const Deeds = ({ row }) => {
  const all = alike.value.length + 1;
  const because = deeds.whyNot("reject_report");
  return html`<p class="ends"><${Button} label=${t("desk.triage.confirm")} keyName="c" solid
      because=${deeds.whyNot("confirm_report")} onClick=${() => deeds.confirm(row)} />
    <${Button} label=${t("desk.triage.reject")} keyName="x" because=${because}
      onClick=${() => deeds.reject([row])} />
    ${
      all > 1 &&
      html`<${Button} label=${t("desk.triage.rejectall", { count: all })} because=${because}
        onClick=${() => deeds.reject([row, ...alike.value])} />`
    }
    <${Way} row=${row} /></p>`;
};

/** Who has decided stands nowhere but in the audit: whether it was a person does. */
const overText = ({ report }) => {
  const key = `desk.triage.who.${report.by}`;
  if (!triage.value.has(report.id) || !has(key)) return t("desk.triage.gone");
  const at = `${clockOf(report.at)} ${zoneOf(report.at)}`;
  return t("desk.triage.over", { what: t(`desk.triage.${report.status}`), who: t(key), at });
};

const Over = ({ row }) => html`<p class="settled" role="status"><b>${overText(row)}</b></p>
  <p class="ends"><${Way} row=${row} />
    <${Button} label=${t("desk.next")} keyName="j" solid onClick=${() => step(1)} /></p>`;

/** The open report. */
export const Detail = ({ row }) => html`<article class="detail"
    aria-label=${t("desk.triage.detail")}>
    <h2>${say(row.category) || t("desk.triage.nocategory")} <span class="code">
    ${row.report.category}</span></h2>
    <p>${say(row.place)} <span class="code">${row.report.area}</span></p>
    <p class="words"><${Said} id=${row.report.id} name="whole" /></p>
    ${!isOver(row) && html`<p class="because">${say(row.waits_because)}</p>`}
    <${Facts} report=${row.report} />
    ${
      isOver(row)
        ? html`<${Over} row=${row} />`
        : html`<${Categories} row=${row} /><${Candidates} row=${row} /><${Alike} />
          <${Deeds} row=${row} />`
    }
  </article>`;
