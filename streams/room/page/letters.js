// The desk of dead letters (`/letters`): what could not be taken, why, and a way to mend it.

import { post } from "./api.js";
import { onKeys } from "./keys.js";
import { fieldOf, inOrder, lineOfField, plainOf, readable, sendingOf } from "./mending.js";
import { Button, Empty, Time } from "./signs.js";
import { has, letters, link, problemText, say, session, t, toast, zone } from "./store.js";
import { isoIn } from "./time.js";
import { computed, html, signal, useEffect, useId, useRef, useState } from "./ui.js";

const chosen = signal("");
const rows = computed(() => inOrder([...letters.value.values()]));

const whyNot = (row) => {
  if (link.value === "offline") return t("alert.not_offline");
  if (!session.value?.may_letters)
    return t("alert.not_role", { role: t(`alert.role.${session.value?.role}`) });
  return null;
};

const send = async (row, body) => {
  await post(`/api/v1/letters/${encodeURIComponent(row.number)}/resend`, body);
  toast(() => t("desk.letters.sent", { number: row.number }));
};

/** What is wrong in words; a detail that is no complaint of the schema stays as it is. */
const plainWords = (detail) => {
  const plain = plainOf(detail);
  if (!plain) return detail;
  const { kind, field, found } = plain;
  const wanted = has(`desk.letters.kind.${found}`) ? t(`desk.letters.kind.${found}`) : found;
  return t(`desk.letters.plain.${kind}`, { field, found, wanted });
};

const Line = ({ row }) => html`<li><button type="button" class="line"
  aria-current=${chosen.value === row.number ? "true" : undefined}
  onClick=${() => (chosen.value = row.number)}>
  <b class="num">${row.number}</b><span class="both"><b>${t(`desk.reason.${row.reason}`)}</b>
  <span class="m">${row.topic} · <${Time} at=${atHere(row)} /></span></span>
  <span class="m">${plainWords(row.detail)}</span></button></li>`;

/** A letter has no place, so its moment is told in the zone of the page. */
const atHere = (row) => isoIn(Date.parse(row.at), zone.value);

const Complaint = ({ row, text }) => {
  const path = fieldOf(row.detail);
  if (!path.length) return null;
  const line = lineOfField(text, path);
  const key = line ? "desk.letters.field" : "desk.letters.missing";
  return html`<p class="because">${t(key, { field: path.join("."), line })}</p>`;
};

/** Select the whole line of a text field, so that the eye finds it. */
const showLine = (area, line) => {
  if (!area || !line) return;
  const before = area.value.split("\n").slice(0, line - 1);
  const from = before.join("\n").length + (before.length ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (area.value.split("\n")[line - 1]?.length ?? 0));
};

const Mend = ({ row }) => {
  const [text, setText] = useState(readable(row.value).text);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const area = useRef(null);
  const [id, told] = [useId(), useId()];
  const found = sendingOf(text, row);
  const line = lineOfField(text, fieldOf(row.detail));
  const because =
    whyNot(row) ??
    (isBusy ? t("desk.sending") : found.isGood || found.isOwn ? null : t("desk.letters.notjson"));
  const go = async () => {
    setBusy(true);
    setProblem("");
    try {
      await send(row, found.body);
    } catch (error) {
      setProblem(say(problemText(error)));
    }
    setBusy(false);
  };
  return html`<label class="fld" for=${id}><span>${t("desk.letters.value")}</span>
      <textarea id=${id} ref=${area} class="json" spellcheck=${false} rows="16" value=${text}
        aria-invalid=${!found.isGood} aria-describedby=${told} readonly=${row.is_cut}
        onInput=${(event) => setText(event.currentTarget.value)}></textarea></label>
    <p id=${told} class=${found.isGood ? "m" : "wrong"} role="status">${
      found.isGood
        ? t("desk.letters.good")
        : t("desk.letters.bad", {
            line: found.line,
            sign: found.sign.trim() || t("desk.letters.end"),
          })
    }</p>
    <${Complaint} row=${row} text=${text} />
    <p class="ends">
      ${line > 0 && html`<${Button} label=${t("desk.letters.show", { line })}
        onClick=${() => showLine(area.current, line)} />`}
      ${!found.isOwn && html`<${Button} label=${t("desk.letters.asitcame")}
        onClick=${() => setText(readable(row.value).text)} />`}
      <${Button} label=${t(found.isOwn ? "desk.letters.send.own" : "desk.letters.send")} solid
        because=${because} onClick=${go} /></p>
    ${row.is_cut && html`<p class="m">${t("desk.letters.cut")}</p>`}
    ${because && html`<p class="m">${because}</p>`}
    ${problem && html`<p class="wrong" role="alert">${problem}</p>`}`;
};

const Detail = ({ row }) => html`<article class="detail" aria-label=${t("desk.letters.detail")}>
  <h2>${t(`desk.reason.${row.reason}`)} <span class="code">${row.reason} · ${row.number}</span></h2>
  <p>${say(row.says)}</p><p class="because">${plainWords(row.detail)}</p>
  ${plainOf(row.detail) && html`<p class="m code">${row.detail}</p>`}
  <p class="m">${row.topic} · <${Time} at=${atHere(row)} zone /></p><${Mend} row=${row} />
  </article>`;

const step = (by) => {
  const at = rows.value.findIndex((row) => row.number === chosen.value);
  const next = rows.value[Math.min(rows.value.length - 1, Math.max(0, at + by))];
  if (next) chosen.value = next.number;
};

const last = { order: [] };

/** The desk. */
export const Letters = () => {
  const row = letters.value.get(chosen.value);
  useEffect(() => {
    if (!row && rows.value.length) {
      const at = Math.max(0, last.order.indexOf(chosen.value));
      chosen.value = (rows.value[at] ?? rows.value.at(-1)).number;
    }
    last.order = rows.value.map((one) => one.number);
  }, [rows.value]);
  useEffect(() => onKeys({ down: () => step(1), up: () => step(-1) }), []);
  return html`<main class="bench" id="main" tabindex="-1">
    <header><h1>${t("desk.letters")} <b class="num">${rows.value.length}</b></h1>
      <p class="m">${t("desk.letters.lead")}</p></header>
    ${rows.value.length === 0 && html`<${Empty} text=${t("desk.letters.empty")} />`}
    <div class="split"><ol class="lines" aria-label=${t("desk.letters")}>
      ${rows.value.map((one) => html`<${Line} key=${one.number} row=${one} />`)}</ol>
      ${row && html`<${Detail} key=${row.number} row=${row} />`}</div></main>`;
};
