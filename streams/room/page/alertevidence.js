// What an alert rests on: who, in whose role, the three times of each, and what it weighs.
//
// The alert tells when each happened; when it came in, and in whose role, stands in the journal.
// The room reads it there when somebody looks, so it comes a moment later, and may be kept no more.

import { get } from "./api.js";
import { useDocument } from "./asking.js";
import { evidenceOf } from "./ledger.js";
import { Time } from "./signs.js";
import { has, number, problemText, say, t, triage } from "./store.js";
import { zoneOf } from "./time.js";
import { html } from "./ui.js";

const ask = (id) => get(`/api/v1/alerts/${encodeURIComponent(id)}/evidence`);
const askNothing = () => Promise.resolve({ evidence: [] });

const topicText = (topic) => (has(`alert.topic.${topic}`) ? t(`alert.topic.${topic}`) : topic);
const roleText = (role) => (has(`desk.source.${role}`) ? t(`desk.source.${role}`) : role);

const sourceText = (one) =>
  [roleText(one.role), one.channel || topicText(one.topic)].filter(Boolean).join(" · ");

const rounded = (weight) => number(Math.round(weight * 100) / 100);

/** `standing` is how far the journal has told: `asking`, `kept`, `failed`. */
const Received = ({ one, standing }) => {
  if (!one.receivedAt) {
    return html`<span class="m">${standing === "kept" ? t("alert.ev.gone") : "–"}</span>`;
  }
  const late = one.late > 0 && t("alert.ev.late", { minutes: one.late });
  return html`<${Time} at=${one.receivedAt} />${late && html`<span class="late">${late}</span>`}`;
};

const Weight = ({ one }) => {
  if (one.weight === null) return html`<span class="m">–</span>`;
  return html`<b class="num">${rounded(one.weight)}</b>
    ${one.isRepeat && html`<span class="m">${t("alert.ev.repeat")}</span>`}`;
};

const Item = ({ one, standing, weighs }) => html`<tr>
  <td class="num">${one.number}</td>
  <td><b>${one.sender || "–"}</b><span class="m">${sourceText(one)}</span></td>
  <td><${Time} at=${one.at} /></td>
  <td><${Received} one=${one} standing=${standing} /></td>
  <td>${
    one.led
      ? html`<${Time} at=${one.led[0].at} /><span class="m">${say(one.led[1])}</span>`
      : html`<span class="m">${t("alert.ev.unchanged")}</span>`
  }</td>
  ${weighs && html`<td class="r"><${Weight} one=${one} /></td>`}
  <td class="code">${one.offset}</td></tr>`;

const HEADS = ["number", "source", "happened", "received", "judged", "weight", "journal"];

const Table = ({ found, standing }) => {
  const weighs = found.some((one) => one.weight !== null);
  const heads = HEADS.filter((head) => weighs || head !== "weight");
  return html`<div class="tw" tabindex="0" role="region" aria-label=${t("alert.ev")}><table>
    <thead><tr>${heads.map((head) => html`<th key=${head} scope="col"
      class=${head === "weight" ? "r" : ""}>${t(`alert.ev.${head}`)}</th>`)}</tr></thead>
    <tbody>${found.map((one) => html`<${Item} key=${one.number} one=${one} standing=${standing}
      weighs=${weighs} />`)}</tbody></table></div>`;
};

const standingOf = (kept, problem) => {
  if (problem) return "failed";
  return kept ? "kept" : "asking";
};

/** What it rests on, as a table; where it rests on nothing, that is said. */
export const Evidence = ({ page, row }) => {
  const given = page.alert.evidence;
  const marks = given.map((one) => one.offset).join();
  const { page: kept, problem } = useDocument(given.length ? ask : askNothing, row.id, marks);
  // Rows of before would stand beside the wrong evidence.
  const rows = kept?.evidence.length === given.length ? kept.evidence : [];
  const found = evidenceOf(given, page.lines, [...triage.value.values()], rows);
  return html`<section class="ev">
    <h2>${t("alert.ev")} <b class="num">${found.length}</b>
      <span class="m">${found.length > 0 && t("alert.ev.times", { zone: zoneOf(row.opened_at) })}
      </span></h2>
    ${found.length === 0 && html`<p class="m">${t("alert.ev.none")}</p>`}
    ${problem && html`<p class="m" role="status">${say(problemText(problem))}</p>`}
    ${found.length > 0 && html`<${Table} found=${found} standing=${standingOf(kept, problem)} />`}
  </section>`;
};
