// Questions that stand between a button and its command. Each gives a promise of what was answered,
// or of null where somebody thought better of it.
//
//   const given = await askLevel(title, rows);    // {level, reason} or null
//   if (given) command("escalate", { alert: rows[0].id, ...given });
//
// A native <dialog> keeps the focus inside, closes at Escape, and gives the focus back to where it
// was. Enter sends, Shift+Enter is a new line. Keys of the page do not hear what is typed here.
// What is typed is kept as a draft (`draft: {kind, ids}`) until the command is carried out.

import { levelsFor, shelfChoices, shelfEnd, shelfMax } from "./acts.js";
import { draftOf, keepDraft } from "./drafts.js";
import { briefOf, nowMs, onLogout, placeOf, say, t } from "./store.js";
import { clockOf, isoIn, zoneOf } from "./time.js";
import { html, render, useEffect, useId, useState } from "./ui.js";
import { leaveDialog, whereIs } from "./ways.js";

const REASON_MAX = 1_000;

/** Show a dialog whose body is `Body({ answer })`; `answer(value)` closes it. */
export const ask = (title, Body) =>
  new Promise((resolve) => {
    const before = whereIs(document.activeElement);
    const dialog = document.createElement("dialog");
    const answered = { value: null };
    dialog.className = "ask";
    dialog.setAttribute("aria-label", title);
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      render(null, dialog);
      dialog.remove();
      leaveDialog(before);
      resolve(answered.value);
    });
    const answer = (value) => {
      answered.value = value;
      dialog.close();
    };
    document.body.append(dialog);
    render(html`<h2>${title}</h2><${Body} answer=${answer} />`, dialog);
    dialog.showModal();
    (dialog.querySelector("[data-first]") ?? dialog.querySelector("input, textarea"))?.focus();
  });

// A question of somebody who is logged in no more is nobody's.
onLogout(() => document.querySelectorAll("dialog.ask").forEach((dialog) => dialog.close()));

const PAIRS_NAMED = 6;
const TITLES_NAMED = 3;

const whatOf = (rows) => {
  const named = rows.slice(0, TITLES_NAMED).map((row) => `${briefOf(row)} · ${placeOf(row.place)}`);
  const more = rows.length - named.length;
  return html`<div class="what">
    ${named.map((text) => html`<p key=${text}>${text}</p>`)}
    ${more > 0 && html`<p>${t("dialog.more", { count: more })}</p>`}</div>`;
};

const none = { kind: "", ids: [] };

/** A text that is kept as a draft while it is typed: `[text, setText]`. */
const useDraft = ({ kind, ids }, field) => {
  const [text, setText] = useState(() => draftOf(kind, ids, field));
  const type = (typed) => {
    keepDraft(kind, ids, field, typed);
    setText(typed);
  };
  return [text, type];
};

const Ends = ({ answer, send }) => html`<p class="ends">
  <button type="button" class="btn" onClick=${() => answer(null)}>
    ${t("dialog.back")}<kbd>Esc</kbd></button>
  <button type="submit" class="btn solid">${send}<kbd>↵</kbd></button>
</p>`;

const sendAtEnter = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.currentTarget.form.requestSubmit();
};

const Reason = ({ value, onInput, needed, label, first }) => {
  const id = useId();
  return html`<label class="fld" for=${id}>
    <span>${label ?? t(needed ? "dialog.reason" : "dialog.reason.free")}</span>
    <textarea id=${id} rows="3" maxlength=${REASON_MAX} required=${needed} value=${value}
      data-first=${first} onKeyDown=${sendAtEnter}
      onInput=${(event) => onInput(event.currentTarget.value)}></textarea>
    <small>${t("dialog.enter")}</small>
  </label>`;
};

const submits = (give) => (event) => {
  event.preventDefault();
  give();
};

/** Digits pick, so that no hand leaves the keyboard; arrows do as in any group of radios. */
const Choices = ({ name, legend, options, value, onPick }) => {
  const byDigit = (event) => {
    const found = options[Number(event.key) - 1];
    if (found) onPick(found.value);
  };
  return html`<fieldset class="pick" onKeyDown=${byDigit}>
    <legend>${legend}</legend>
    ${options.map(
      (one, index) => html`<label key=${one.value}>
        <input type="radio" name=${name} value=${one.value} checked=${one.value === value}
          data-first=${one.value === value || undefined} onChange=${() => onPick(one.value)} />
        <span>${one.label}</span>${one.note && html`<i class="m">${one.note}</i>`}
        ${index < 9 && html`<kbd>${index + 1}</kbd>`}
      </label>`,
    )}
  </fieldset>`;
};

/** Ask why: gives the text, or null. `needed`: an empty one is not taken. */
export const askReason = (title, { rows = [], needed = false, label, send, draft = none } = {}) =>
  ask(title, ({ answer }) => {
    const [reason, setReason] = useDraft(draft, "reason");
    return html`<form onSubmit=${submits(() => answer(reason.trim()))}>
      ${rows.length > 0 && whatOf(rows)}
      <${Reason} value=${reason} onInput=${setReason} needed=${needed} label=${label} first />
      <${Ends} answer=${answer} send=${send ?? t("dialog.send")} />
    </form>`;
  });

/** Ask how far up: gives `{level, reason}`, the next level at first; only levels that all have. */
export const askLevel = (title, rows, { draft = none } = {}) =>
  ask(title, ({ answer }) => {
    const options = levelsFor(rows).map((one, index) => ({
      value: one.code,
      label: say(one.name),
      note: index || rows.length > 1 ? "" : t("dialog.level.next"),
    }));
    const [level, setLevel] = useState(options[0]?.value ?? "");
    const [reason, setReason] = useDraft(draft, "reason");
    return html`<form onSubmit=${submits(() => answer({ level, reason: reason.trim() }))}>
      ${whatOf(rows)}
      <${Choices} name="level" legend=${t("dialog.level.which")} options=${options} value=${level}
        onPick=${setLevel} />
      <${Reason} value=${reason} onInput=${setReason} />
      <${Ends} answer=${answer} send=${t("dialog.level.send")} />
    </form>`;
  });

/**
 * Ask how long they may wait: gives `{until, reason}`, never beyond what their severity allows.
 */
export const askUntil = (title, rows, { draft = none } = {}) =>
  ask(title, ({ answer }) => {
    const zone = zoneOf(rows[0].opened_at);
    const untilOf = (minutes) => isoIn(shelfEnd(nowMs(), minutes), zone);
    const options = shelfChoices(rows).map((minutes) => ({
      value: minutes,
      label: t("dialog.minutes", { minutes }),
      note: t("dialog.until.at", { at: clockOf(untilOf(minutes)), zone }),
    }));
    const [minutes, setMinutes] = useState(15);
    const [reason, setReason] = useDraft(draft, "reason");
    const give = () => answer({ until: untilOf(minutes), reason: reason.trim() });
    return html`<form onSubmit=${submits(give)}>
      ${whatOf(rows)}
      <p class="m">${t("dialog.until.max", { minutes: shelfMax(rows) })}</p>
      <${Choices} name="until" legend=${t("dialog.until.how")} options=${options} value=${minutes}
        onPick=${setMinutes} />
      <${Reason} value=${reason} onInput=${setReason} needed />
      <${Ends} answer=${answer} send=${t("dialog.until.send")} />
    </form>`;
  });

const Strength = ({ lines }) =>
  lines.length > 0 &&
  html`<ul class="m strength">${lines.map((line) => html`<li key=${line}>${line}</li>`)}</ul>`;

/**
 * Ask whom: gives `{pair}` or `{officer}`, with a reason. `near` is a promise of
 * `{strength, pairs}`, lines to choose by and names; `first` are lines until it is kept.
 */
export const askPair = (row, { first, near, draft = none }) =>
  ask(t("dialog.pair"), ({ answer }) => {
    const [{ strength, pairs }, setNear] = useState({ strength: first, pairs: [] });
    // Without it one can still be named.
    useEffect(() => void near.then(setNear, () => {}), []);
    const [kind, setKind] = useState("pair");
    const [who, setWho] = useDraft(draft, "who");
    const [reason, setReason] = useDraft(draft, "reason");
    const id = useId();
    const kinds = ["pair", "officer"].map((value) => ({ value, label: t(`dialog.pair.${value}`) }));
    const give = () => answer({ [kind]: who.trim(), reason: reason.trim() });
    return html`<form onSubmit=${submits(give)}>
      ${whatOf([row])}<${Strength} lines=${strength} />
      <label class="fld" for=${id}><span>${t("dialog.pair.who")}</span>
        <input id=${id} required maxlength="64" autocomplete="off" data-first value=${who}
          list=${`${id}-pairs`}
          onInput=${(event) => setWho(event.currentTarget.value)} />
        <datalist id=${`${id}-pairs`}>
          ${pairs.map((pair) => html`<option key=${pair} value=${pair}></option>`)}</datalist>
        <small>${pairs.slice(0, PAIRS_NAMED).join(", ") || t("dialog.pair.hint")}</small></label>
      <${Choices} name="kind" legend=${t("dialog.pair.kind")} options=${kinds} value=${kind}
        onPick=${setKind} />
      <${Reason} value=${reason} onInput=${setReason} />
      <${Ends} answer=${answer} send=${t("dialog.pair.send")} />
    </form>`;
  });

/** Ask which of several: gives `{value, reason}`; `options` are `{value, label, note}`. */
export const askWhich = (title, options, { row, send = t("dialog.send"), draft = none }) =>
  ask(title, ({ answer }) => {
    const [value, setValue] = useState(options[0]?.value ?? "");
    const [reason, setReason] = useDraft(draft, "reason");
    return html`<form onSubmit=${submits(() => answer({ value, reason: reason.trim() }))}>
      ${whatOf([row])}
      <${Choices} name="which" legend=${title} options=${options} value=${value}
        onPick=${setValue} />
      <${Reason} value=${reason} onInput=${setReason} />
      <${Ends} answer=${answer} send=${send} />
    </form>`;
  });
