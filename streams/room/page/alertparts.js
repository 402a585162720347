// The parts of an alert's page: do now, why, ladder, where, related, changes; what it rests on is
// `alertevidence.js`.

import { byOf, deedOf } from "./alertnotes.js";
import { Sev, Sit } from "./glyphs.js";
import { counterfactual, ledgerOf, stepsOf } from "./ledger.js";
import { Time } from "./signs.js";
import { areas, briefOf, command, link, number, now, placeOf, say, t, tps } from "./store.js";
import { countdown, msOf } from "./time.js";
import { html, useComputed } from "./ui.js";
import { Written } from "./written.js";

/** A link of the page that is followed without loading it anew (`app.js` hears the click). */
export const Place = ({ code }) =>
  code.includes("-")
    ? html`<a href=${`/tps/${encodeURIComponent(code)}`}>${placeOf(code)}</a>`
    : html`<span>${placeOf(code)}</span>`;

/** What is left until `due`, told once a second without rendering anything else. */
export const Left = ({ due, name = "togo num" }) => {
  const text = useComputed(() => countdown(msOf(due), now.value));
  return html`<span class=${`${name} cd`} data-due=${due.slice(11, 19)}>${text}</span>`;
};

const Step = ({ item, row, index }) => {
  const may = row.may.includes("note") && link.value !== "offline";
  const tick = () => command("note", { alert: row.id, step: item.key });
  return html`<li><label>
    <input type="checkbox" checked=${item.done_at !== null} disabled=${item.done_at !== null
      || !may}
      onChange=${tick} />
    <i class="num">${index + 1}</i><span>${say(item)}</span>
    ${item.done_at && html`<${Time} at=${item.done_at} />`}
  </label></li>`;
};

/** `docs/runbooks/W01.md` is `W01`. */
const nameOfFile = (path) => path.split("/").at(-1).replace(/\.md$/, "");

/** What to do: the rule's action, its checklist, and its runbook where there is one. */
export const DoNow = ({ page, row }) => html`<section class="do">
  <h2>${t("alert.donow")} <span class="m">${page.alert.runbook
    && t("alert.runbook", { name: nameOfFile(page.alert.runbook) })}
    ${row.act_by_at && html` · ${t("alert.actby")} <${Time} at=${row.act_by_at} />`}</span></h2>
  <p class="action">${say(row.action)}</p>
  ${
    page.alert.checklist.length > 0 &&
    html`<ol>${page.alert.checklist.map(
      (item, index) => html`<${Step} key=${item.key} item=${item} row=${row} index=${index} />`,
    )}</ol>`
  }
  ${
    say(page.runbook) &&
    html`<details><summary>${t("alert.runbook.open")}</summary>
      <${Written} text=${say(page.runbook)} name="runbook" /></details>`
  }
</section>`;

/** Only figures are columns: what is said in words stands in the sentence already. */
const figure = (value) => (typeof value === "number" ? number(value) : "");

const Bar = ({ line }) =>
  html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
  <rect class="a1" x="0" y="2" width=${line.share * 100} height="8" />
  <line class="th" x1=${line.limit * 100} x2=${line.limit * 100} y1="0" y2="12" /></svg>`;

const gapText = (gap) =>
  gap === 0
    ? t("alert.why.even")
    : t(gap > 0 ? "alert.why.over" : "alert.why.under", { gap: number(Math.abs(gap)) });

const Check = ({ line }) => {
  const mark = line.isFact ? "" : line.holds ? "✓" : "–";
  return html`<tr class=${line.holds || line.isFact ? "" : "off"}>
    <th scope="row">${say(line.text) || line.check}</th>
    <td class="num r">${figure(line.value)}</td>
    <td class="num">${figure(line.threshold)}</td>
    <td>${line.gap !== null && html`<${Bar} line=${line} /><small>${gapText(line.gap)}</small>`}
    </td>
    <td class="okm"><span aria-hidden="true">${mark}</span>
      <span class="vh">${line.isFact ? ""
        : t(line.holds ? "alert.why.holds" : "alert.why.fails")}</span>
      </td></tr>`;
};

const Otherwise = ({ ledger, row }) => {
  const other = counterfactual(ledger, row.tps_class);
  if (!other) return null;
  const key = other.wouldFire ? "alert.why.anyway" : "alert.why.otherwise";
  const values = {
    class: t(`alert.class.${row.tps_class}`),
    threshold: number(other.threshold),
    short: number(other.short),
  };
  return html`<p class="m other">${t(key, values)}</p>`;
};

/** Why it fired: every check as a line, with its figure, what it was measured by, and the gap. */
export const Why = ({ page, row }) => {
  const ledger = ledgerOf(page.alert.why, page.why);
  return html`<section class="ledger">
    <h2>${t("alert.why")} <span class="m">${row.rule} v${page.alert.rule_version}</span></h2>
    <div class="tw" tabindex="0" role="region" aria-label=${t("alert.why")}><table><thead><tr>
      <th scope="col">${t("alert.why.check")}</th><th scope="col" class="r">${t("alert.why.value")}
      </th>
      <th scope="col">${t("alert.why.threshold")}</th><th scope="col">${t("alert.why.gap")}</th>
      <th scope="col"><span class="vh">${t("alert.why.holds")}</span></th></tr></thead>
    <tbody>${ledger.map((line, index) => html`<${Check} key=${index} line=${line} />`)}</tbody>
    <tfoot><tr class="res"><th scope="row">
    ${t(`app.severity.${row.severity}`)} · ${t("alert.opened")}</th>
      <td class="num" colspan="4"><${Time} at=${row.opened_at} zone /></td></tr></tfoot></table>
      </div>
    <${Otherwise} ledger=${ledger} row=${row} />
  </section>`;
};

const arrived = (one) => {
  if (one.contacts === 0) return t("alert.told.nobody");
  return t("alert.told.contacts", { contacts: one.contacts });
};

const Rung = ({ one }) => html`<li class=${one.stands}>
  <span>${one.at ? html`<${Time} at=${one.at} />` : one.due_at ? html`<${Time}
    at=${one.due_at} />` : html`<span class="m">–</span>`}</span>
  <div><b>${say(one.level.name)}</b>${one.stands === "due" && html` <${Left} due=${one.due_at} />`}
    <p>${t(`alert.told.${one.stands}`)}${one.at && ` · ${arrived(one)}`}</p>
    ${
      one.at &&
      one.contacts > 0 &&
      html`<span class=${one.delivered ? "rc" : "rc no"}>
      ${one.delivered ? t("alert.told.delivered", { count: one.delivered })
        : t("alert.told.undelivered")}</span>`
    }
    ${one.failed > 0 && html`<span class="rc no">${t("alert.told.failed", { count: one.failed })}
    </span>`}
  </div></li>`;

const Rungs = ({ steps }) =>
  html`<ol>${steps.map((one, index) => html`<${Rung} key=${index} one=${one} />`)}</ol>`;

/** Who was told, what arrived, and who is next; and whom the rule's route names beside. */
export const LadderOf = ({ page, row }) => {
  const { own, others } = stepsOf(page.told, row.ladder);
  const names = others.length ? "" : page.agencies.map(say).join(", ");
  return html`<section class="lad">
    <h2>${t("alert.ladder", { ladder: row.ladder })} <span class="m">${t("alert.ladder.sub")}</span>
    </h2>
    <${Rungs} steps=${own} />
    ${page.agencies.length + others.length > 0 && html`<p class="m">${t("alert.agencies")}${names
      && `: ${names}`}</p>`}
    ${others.length > 0 && html`<${Rungs} steps=${others} />`}
  </section>`;
};

const KECAMATAN_LENGTH = "17.02.07".length;

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

const Colour = ({ area }) => html`<${Sit} colour=${area.colour} />
  ${area.colour_since && html` <span class="m">
  ${t("alert.since")} <${Time} at=${area.colour_since} /></span>`}`;

/** Whether the class is one of the place: TPS and desa have one, wider areas have many. */
const hasClass = ({ place }) => place.length > KECAMATAN_LENGTH;

/** Where it is: class, stage and posture of the TPS, and the situation around. */
export const Where = ({ row }) => {
  const at = tps.value.get(row.place);
  const kecamatan = areas.value.get(row.place.slice(0, 8));
  return html`<section class="loc"><h2>${t("alert.where")}</h2><dl>
    <${Fact} name=${t("alert.place")}><${Place} code=${row.place} /> <span class="code">${row.place}
    </span><//>
    ${
      hasClass(row) &&
      html`<${Fact} name=${t("alert.class")}>${t(`alert.class.${row.tps_class}`)} <span class="m">
      ${t("alert.class.frozen")}</span><//>`
    }
    ${
      at &&
      html`<${Fact} name=${t("alert.stage")}>${t(`alert.stage.${at.stage}`)}
      ${at.stage_at && html` <span class="m">${t("alert.since")} <${Time} at=${at.stage_at} />
      </span>`}
      ${at.silent && html` <b>${t("alert.silent")}</b>`}<//>
      <${Fact} name=${t("alert.heard")}><${Time} at=${at.heard_at} /><//>`
    }
    ${at?.raised && html`<${Fact} name=${t("alert.posture")}>${t("alert.posture.raised")}<//>`}
    ${kecamatan?.colour && html`<${Fact} name=${t("alert.situation", { name: kecamatan.name })}>
    <${Colour} area=${kecamatan} /><//>`}
  </dl></section>`;
};

const RELATED_FIRST = 8;

const Other = ({ one, row }) => html`<li><${Sev} severity=${one.severity} bare /><div>
  <a href=${`/alert/${encodeURIComponent(one.id)}`}>${briefOf(one)}</a>
  <span class="m">${one.rule} · ${placeOf(one.place)} · ${t(`alert.state.${one.state}`)} · <${Time}
    at=${one.opened_at} />
  ${one.id === row.parent && ` · ${t("alert.parent")}`}</span></div></li>`;

const Others = ({ rows, row }) =>
  html`<ul>${rows.map((one) => html`<${Other} key=${one.id} one=${one} row=${row} />`)}</ul>`;

/** Other alerts of this place, the one that speaks for it, and those it speaks for. */
export const Related = ({ page, row }) => html`<section class="rel">
  <h2>${t("alert.related")} <b class="num">${page.related.length}</b>
    <span class="m">${t("alert.children", { count: row.children })}</span></h2>
  ${page.related.length === 0 && html`<p class="m">${t("alert.related.none")}</p>`}
  <${Others} rows=${page.related.slice(0, RELATED_FIRST)} row=${row} />
  ${
    page.related.length > RELATED_FIRST &&
    html`<p class="m paperonly">${t("print.more", {
      count: page.related.length - RELATED_FIRST,
    })}</p>
    <details><summary>${t("print.more", { count: page.related.length - RELATED_FIRST })}
    </summary>
    <${Others} rows=${page.related.slice(RELATED_FIRST)} row=${row} /></details>`
  }</section>`;

const CAUSES = ["deadline", "late"];

const causeOf = (line) => {
  if (CAUSES.includes(line.cause)) return t(`alert.cause.${line.cause}`);
  return line.cause.startsWith("command:")
    ? t("alert.cause.command")
    : t("alert.cause.record", { record: line.cause });
};

const levelName = (row, code) => say(row.levels.find((level) => level.code === code)?.name) || code;

/** The changes of an alert, the newest first; what a person has ordered with who it was. */
export const Changes = ({ page, row }) => {
  const whoOf = (line) => {
    const deed = deedOf(page, line);
    return deed ? byOf(deed) : causeOf(line);
  };
  return html`<section class="log">
  <h2>${t("alert.changes")} <b class="num">${page.lines.length}</b></h2>
  <ol>${page.lines.toReversed().map(
    ([line, said]) => html`<li key=${line.revision}><${Time} at=${line.at} /><b>${say(said)}</b>
      <span class="m"> r${line.revision} · ${whoOf(line)} → ${levelName(row, line.level)}</span>
      </li>`,
  )}</ol></section>`;
};
