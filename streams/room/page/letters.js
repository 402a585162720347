// The desk of dead letters (`/letters`): what could not be taken, why, and a way to mend it.
//
// A letter that was sent again stays in its place and says so until somebody goes on: the next one
// must not come under the hand that has just sent this one.

import { post } from "./api.js";
import { onKeys } from "./keys.js";
import { canMend, fieldOf, inOrder, lineOfField, plainOf, readable, sendingOf } from "./mending.js";
import { Button, Empty, Time } from "./signs.js";
import { steppedTo } from "./sorting.js";
import { has, letters, link, onLogout, problemText, say } from "./store.js";
import { session, t, toast, zone } from "./store.js";
import { isoIn } from "./time.js";
import { computed, effect, html, signal, useEffect, useId, useRef, useState } from "./ui.js";

const chosen = signal("");
/** The open letter as it was seen last: it may have been sent again meanwhile. */
const held = signal(null);
/** Numbers of those that were sent again from this page. */
const sent = signal(new Set());

const open = computed(() => letters.value.get(chosen.value) ?? held.value);
const rows = computed(() => {
  const all = [...letters.value.values()];
  const row = open.value;
  return inOrder(row && !letters.value.has(row.number) ? [...all, row] : all);
});

/** Whether a letter was sent again, from here or by somebody else. */
const isDone = (row) => sent.value.has(row.number) || !letters.value.has(row.number);

const waiting = computed(() => rows.value.filter((row) => !isDone(row)).length);

const choose = (number) => {
  chosen.value = number;
  held.value = letters.value.get(number) ?? null;
};

const step = (by) => {
  const row = open.value;
  const order = rows.value.map(({ number }) => number);
  choose(steppedTo(order, chosen.value, by, row ? isDone(row) : false));
};

effect(() => {
  const row = letters.value.get(chosen.value);
  if (row) held.value = row;
});

onLogout(() => {
  choose("");
  sent.value = new Set();
});

const whyNot = () => {
  if (link.value === "offline") return t("alert.not_offline");
  if (!session.value?.may_letters)
    return t("alert.not_role", { role: t(`alert.role.${session.value?.role}`) });
  return null;
};

const send = async (row, body) => {
  await post(`/api/v1/letters/${encodeURIComponent(row.number)}/resend`, body);
  sent.value = new Set([...sent.value, row.number]);
  toast(() => t("desk.letters.sent", { number: row.number }));
};

/** What is wrong in words; a detail that is no complaint of the schema stays as it is. */
const plainWords = (detail) => {
  const plain = plainOf(detail);
  if (!plain) return detail;
  const { kind, field, found } = plain;
  const wanted = has(`desk.letters.kind.${found}`) ? t(`desk.letters.kind.${found}`) : found;
  const says = t(`desk.letters.plain.${kind}`, { field, found, wanted });
  const form = `desk.letters.form.${field.split(".").at(-1)}`;
  return kind === "form" && has(form) ? `${says}, ${t(form)}` : says;
};

/** Why the server did not take it: `[in words, the technical sentence]`. */
const wordsOf = (problem) =>
  problem.text && plainOf(problem.detail ?? "")
    ? [`${say(problem.text)} ${plainWords(problem.detail)}`, problem.detail]
    : [say(problemText(problem)), ""];

/** A letter has no place, so its moment is told in the zone of the page. */
const atHere = (row) => isoIn(Date.parse(row.at), zone.value);

const Line = ({ row }) => html`<li id=${`letter-${row.number}`}><button type="button" class="line"
  aria-current=${chosen.value === row.number ? "true" : undefined}
  onClick=${() => choose(row.number)}>
  <b class="num">${row.number}</b><span class="both"><b>${t(`desk.reason.${row.reason}`)}</b>
  <span class="m">${row.topic} · <${Time} at=${atHere(row)} /></span></span>
  <span class="m">${isDone(row) ? t("desk.letters.isdone") : plainWords(row.detail)}</span>
  </button></li>`;

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

/** Sending a letter: `{isBusy, problem, go}`. */
const useSending = (row) => {
  const [problem, setProblem] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const go = async (body) => {
    setBusy(true);
    setProblem(null);
    try {
      await send(row, body);
    } catch (error) {
      setProblem(wordsOf(error));
    }
    setBusy(false);
  };
  return { isBusy, problem, go };
};

const readingOf = (found) => {
  if (found.isGood) return t("desk.letters.good");
  const sign = found.sign.trim() || t("desk.letters.end");
  return t("desk.letters.bad", { line: found.line, sign });
};

const asItCame = ({ topic }) =>
  t(topic === "operator.commands" ? "desk.letters.order" : "desk.letters.receipt");

const Text = ({ row, text, setText, found, area }) => {
  const [id, told] = [useId(), useId()];
  const isOpen = canMend(row);
  const label = t(isOpen ? "desk.letters.value" : "desk.letters.value.asis");
  return html`<label class="fld" for=${id}><span>${label}</span>
      <textarea id=${id} ref=${area} class="json" spellcheck=${false} rows="16" value=${text}
        aria-invalid=${!found.isGood} aria-describedby=${told} readonly=${!isOpen}
        onInput=${(event) => setText(event.currentTarget.value)}></textarea></label>
    <p id=${told} class=${found.isGood ? "m" : "wrong"} role="status">${readingOf(found)}</p>
    ${row.is_cut && html`<p class="m">${t("desk.letters.cut")}</p>`}
    ${!row.is_cut && !isOpen && html`<p class="because">${asItCame(row)}</p>`}`;
};

const Mend = ({ row }) => {
  const [text, setText] = useState(readable(row.value).text);
  const { isBusy, problem, go } = useSending(row);
  const area = useRef(null);
  const found = sendingOf(text, row);
  const line = canMend(row) ? lineOfField(text, fieldOf(row.detail)) : 0;
  const isReady = found.isGood || found.isOwn;
  const notNow = isBusy ? t("desk.sending") : isReady ? null : t("desk.letters.notjson");
  const because = whyNot() ?? notNow;
  return html`<${Text} ...${{ row, text, setText, found, area }} />
    <${Complaint} row=${row} text=${text} />
    <p class="ends">
      ${line > 0 && html`<${Button} label=${t("desk.letters.show", { line })}
        onClick=${() => showLine(area.current, line)} />`}
      ${!found.isOwn && html`<${Button} label=${t("desk.letters.asitcame")}
        onClick=${() => setText(readable(row.value).text)} />`}
      <${Button} label=${t(found.isOwn ? "desk.letters.send.own" : "desk.letters.send")} solid
        because=${because} onClick=${() => go(found.body)} /></p>
    ${because && html`<p class="m">${because}</p>`}
    ${
      problem &&
      html`<p class="wrong" role="alert">${problem[0]}</p>
      ${problem[1] && html`<p class="m code">${problem[1]}</p>`}`
    }`;
};

const Done = () => html`<p class="settled" role="status"><b>${t("desk.letters.done")}</b></p>
  <p class="ends"><${Button} label=${t("desk.next")} keyName="j" solid onClick=${() => step(1)} />
  </p>`;

const Detail = ({ row }) => html`<article class="detail" aria-label=${t("desk.letters.detail")}>
  <h2>${t(`desk.reason.${row.reason}`)} <span class="code">${row.reason} · ${row.number}</span></h2>
  <p>${say(row.says)}</p><p class="because">${plainWords(row.detail)}</p>
  ${plainOf(row.detail) && html`<p class="m code">${row.detail}</p>`}
  <p class="m">${row.topic} · <${Time} at=${atHere(row)} zone /></p>
  ${isDone(row) ? html`<${Done} />` : html`<${Mend} row=${row} />`}
  </article>`;

/** The desk. */
export const Letters = () => {
  const row = open.value;
  useEffect(() => {
    if (!open.value && rows.value.length) choose(rows.value[0].number);
  }, [rows.value]);
  useEffect(() => {
    document.getElementById(`letter-${chosen.value}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen.value]);
  useEffect(() => onKeys({ down: () => step(1), up: () => step(-1) }), []);
  return html`<main class="bench" id="main" tabindex="-1">
    <header><h1>${t("desk.letters")} <b class="num">${waiting.value}</b></h1>
      <p class="m">${t("desk.letters.lead")}</p></header>
    ${rows.value.length === 0 && html`<${Empty} text=${t("desk.letters.empty")} />`}
    <div class="split"><ol class="lines" aria-label=${t("desk.letters")}>
      ${rows.value.map((one) => html`<${Line} key=${one.number} row=${one} />`)}</ol>
      ${row && html`<${Detail} key=${row.number} row=${row} />`}</div></main>`;
};
