// The form (`/report`): what comes by phone or radio, typed in by the desk without the mouse.
//
// Nothing that was typed is lost when sending fails; it is in memory only, because a caller's
// number must not stay on the machine.

import { post } from "./api.js";
import { Field } from "./formfields.js";
import { bodyOf, emptyForm, fieldOf, fieldsOf, idFor, missingOf, switched } from "./phoned.js";
import { Button } from "./signs.js";
import { language, link, newId, nowMs, onLogout, problemText } from "./store.js";
import { say, session, t, zone } from "./store.js";
import { clockIn, dateIn } from "./time.js";
import { html, signal, useEffect, useRef } from "./ui.js";

/** Whoever has a caller on the line waits no longer for an answer. */
const ANSWER_MS = 15_000;
const WHATS = ["report", "status", "correction"];
const form = signal(null);
const problems = signal({});
const failure = signal("");
const isBusy = signal(false);
const receipt = signal(null);
/** Sent from this page since it was opened, the newest first: what a correction can be about. */
const sent = signal([]);
const last = { tried: null };

const show = (shown) => {
  form.value = shown;
  problems.value = {};
  failure.value = "";
  receipt.value = null;
  last.tried = null;
};

const begin = (what) => show(emptyForm(what, nowMs(), zone.value));
const turnTo = (what) => show(switched(form.value, what, nowMs(), zone.value));

// A caller's number and words are for whoever took the call.
onLogout(() => {
  show(null);
  sent.value = [];
});

const change = (field, value, more = {}) => {
  form.value = { ...form.value, [field]: value, ...more };
  const { [field]: _, ...others } = problems.value;
  problems.value = others;
};

/**
 * What the server says of each field, in both languages; what belongs to none is told as a whole.
 */
const takeProblem = (problem) => {
  const shown = fieldsOf(form.value);
  const named = problem.fields.map(({ field, text }) => [fieldOf(field), text]);
  if (!named.length && problem.field) named.push([fieldOf(problem.field), problem.detail]);
  problems.value = Object.fromEntries(named.filter(([field]) => shown.includes(field)));
  const others = named.filter(([field]) => !shown.includes(field)).map(([, text]) => say(text));
  const isHere = Object.keys(problems.value).length > 0;
  failure.value =
    isHere && !others.length
      ? t("desk.form.mend")
      : [say(problemText(problem)), ...others].join(" ");
};

const told = (value) =>
  typeof value === "string" && value.startsWith("desk.") ? t(value) : say(value);

const send = async () => {
  const missing = missingOf(form.value, nowMs(), zone.value);
  problems.value = missing;
  if (Object.keys(missing).length) {
    failure.value = t("desk.form.mend");
    return false;
  }
  const body = bodyOf(form.value, nowMs(), zone.value);
  last.tried = idFor(body, last.tried, newId);
  const path = form.value.what === "report" ? "/api/v1/reports" : "/api/v1/statuses";
  const user = session.value?.user;
  isBusy.value = true;
  failure.value = "";
  try {
    const taken = await post(path, { id: last.tried.id, ...body }, { timeoutMs: ANSWER_MS });
    if (session.value?.user !== user) return true;
    receipt.value = { ...taken, what: form.value.what, at: nowMs(), happened: Date.parse(body.at) };
    if (form.value.what !== "report") {
      const { tps = body.officer ?? "", kind } = body;
      sent.value = [{ id: taken.id ?? last.tried.id, kind, tps, at: body.at }, ...sent.value].slice(
        0,
        20,
      );
    }
    return true;
  } catch (problem) {
    if (session.value?.user === user) takeProblem(problem);
    return false;
  } finally {
    isBusy.value = false;
  }
};

const whyNot = () => {
  if (link.value === "offline") return t("alert.not_offline");
  if (session.value?.may_report) return null;
  return t("alert.not_role", { role: t(`alert.role.${session.value?.role}`) });
};

const Kinds = () => html`<fieldset class="pick kinds"><legend>${t("desk.form.what")}</legend>
  ${WHATS.map(
    (what) => html`<label key=${what}><input type="radio" name="what" value=${what}
    checked=${form.value.what === what} onChange=${() => turnTo(what)} />
    <span>${t(`desk.form.${what}`)}</span></label>`,
  )}</fieldset>`;

const Receipt = () => {
  const { id, tracking, at, happened, what } = receipt.value;
  const heading = useRef(null);
  useEffect(() => heading.current?.focus(), []);
  return html`<section class="receipt" role="status"><h2 tabindex="-1" ref=${heading}>
  ${t("desk.form.taken")}</h2>
    <dl class="facts"><div><dt>${t(tracking ? "desk.form.tracking" : "desk.form.id")}</dt>
      <dd><b class="num big">${tracking || id}</b></dd></div>
    <div><dt>${t("desk.form.happened")}</dt><dd class="num">
      ${dateIn(happened, zone.value, language.value)} ${clockIn(happened, zone.value).slice(0, 5)}
      ${` ${zone.value}`}</dd></div>
    <div><dt>${t("desk.form.at")}</dt><dd class="num">${clockIn(at, zone.value)} ${zone.value}</dd>
    </div></dl>
    <p class="m">${t(tracking ? "desk.form.tell" : "desk.form.keep")}</p>
    <p class="ends"><${Button} label=${t("desk.form.another")} solid onClick=${() => begin(what)} />
      <a class="btn" href="/">${t("desk.form.queue")}</a></p></section>`;
};

/** Put the focus into the first field that is wrong, as the eye goes there too. */
const toFirstWrong = (element) => element?.querySelector("[aria-invalid=true]")?.focus();

const Form = () => {
  const element = useRef(null);
  const because = whyNot();
  // Not when another kind is chosen: arrows choose, and the focus stays where they are.
  useEffect(() => element.current?.querySelector("[data-first] :is(input, select)")?.focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    if (because === null && !isBusy.value && !(await send()))
      setTimeout(() => toFirstWrong(element.current));
  };
  const sendNow = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.current.requestSubmit();
  };
  return html`<form ref=${element} class="phoned" novalidate onSubmit=${submit}
    onKeyDown=${sendNow}>
    ${fieldsOf(form.value).map(
      (name, index) => html`<${Field} key=${`${form.value.what}.${name}`} name=${name}
      form=${form.value} change=${change} isFirst=${index === 0} sent=${sent.value}
      problem=${problems.value[name] ? told(problems.value[name]) : ""} />`,
    )}
    ${failure.value && html`<p class="wrong" role="alert">${failure.value}</p>`}
    ${because && html`<p class="wrong">${because}</p>`}
    <p class="ends"><button type="button" class="btn" onClick=${() => begin(form.value.what)}>
    ${t("desk.form.clear")}</button>
      <button type="submit" class="btn solid" disabled=${isBusy.value || because !== null}>
      ${t(isBusy.value ? "desk.sending" : "desk.form.send")}<kbd>Ctrl ↵</kbd></button></p>
  </form>`;
};

/** The form. */
export const Report = () => {
  if (!form.value) begin("report");
  return html`<main class="bench slim" id="main" tabindex="-1">
    <header><h1>${t("desk.form.title")}</h1><p class="m">${t("desk.form.lead")}</p></header>
    ${receipt.value ? html`<${Receipt} />` : html`<${Kinds} /><${Form} />`}</main>`;
};
