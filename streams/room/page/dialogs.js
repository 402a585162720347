// Questions that stand between a button and its command. Each gives a promise of what was answered,
// or of null where somebody thought better of it.
//
//   const given = await askLevel(row);            // {level, reason} or null
//   if (given) command("escalate", { alert: row.id, ...given });
//
// A native <dialog> keeps the focus inside, closes at Escape, and gives the focus back to where it
// was. Enter sends, Shift+Enter is a new line. Keys of the page do not hear what is typed here.

import { levelsAbove, shelfChoices, shelfEnd, shelfMax } from "./acts.js";
import { nowMs, placeOf, say, t } from "./store.js";
import { clockOf, isoIn, zoneOf } from "./time.js";
import { html, render, useId, useState } from "./ui.js";

const REASON_MAX = 1_000;

/** Show a dialog whose body is `Body({ answer })`; `answer(value)` closes it. */
export const ask = (title, Body) =>
  new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = document.createElement("dialog");
    const answered = { value: null };
    dialog.className = "ask";
    dialog.setAttribute("aria-label", title);
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      render(null, dialog);
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      else document.querySelector("main")?.focus({ preventScroll: true });
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

const PAIRS_NAMED = 6;

const whatOf = (row) => html`<p class="what">${say(row.title)} · ${placeOf(row.place)}</p>`;

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
export const askReason = (title, { row = null, needed = false, label, send } = {}) =>
  ask(title, ({ answer }) => {
    const [reason, setReason] = useState("");
    return html`<form onSubmit=${submits(() => answer(reason.trim()))}>
      ${row && whatOf(row)}
      <${Reason} value=${reason} onInput=${setReason} needed=${needed} label=${label} first />
      <${Ends} answer=${answer} send=${send ?? t("dialog.send")} />
    </form>`;
  });

/** Ask how far up: gives `{level, reason}`, the next level at first. */
export const askLevel = (row) =>
  ask(t("dialog.level"), ({ answer }) => {
    const options = levelsAbove(row).map((one, index) => ({
      value: one.code,
      label: say(one.name),
      note: index ? "" : t("dialog.level.next"),
    }));
    const [level, setLevel] = useState(options[0]?.value ?? "");
    const [reason, setReason] = useState("");
    return html`<form onSubmit=${submits(() => answer({ level, reason: reason.trim() }))}>
      ${whatOf(row)}
      <${Choices} name="level" legend=${t("dialog.level.which")} options=${options} value=${level}
        onPick=${setLevel} />
      <${Reason} value=${reason} onInput=${setReason} />
      <${Ends} answer=${answer} send=${t("dialog.level.send")} />
    </form>`;
  });

/**
 * Ask how long it may wait: gives `{until, reason}`, never beyond what the alert's severity allows.
 */
export const askUntil = (row) =>
  ask(t("dialog.until"), ({ answer }) => {
    const zone = zoneOf(row.opened_at);
    const untilOf = (minutes) => isoIn(shelfEnd(nowMs(), minutes), zone);
    const options = shelfChoices(row).map((minutes) => ({
      value: minutes,
      label: t("dialog.minutes", { minutes }),
      note: t("dialog.until.at", { at: clockOf(untilOf(minutes)), zone }),
    }));
    const [minutes, setMinutes] = useState(15);
    const [reason, setReason] = useState("");
    const give = () => answer({ until: untilOf(minutes), reason: reason.trim() });
    return html`<form onSubmit=${submits(give)}>
      ${whatOf(row)}
      <p class="m">${t("dialog.until.max", { minutes: shelfMax(row) })}</p>
      <${Choices} name="until" legend=${t("dialog.until.how")} options=${options} value=${minutes}
        onPick=${setMinutes} />
      <${Reason} value=${reason} onInput=${setReason} needed />
      <${Ends} answer=${answer} send=${t("dialog.until.send")} />
    </form>`;
  });

/** Ask whom: gives `{pair}` or `{officer}`, with a reason. `strength` are lines to choose by. */
export const askPair = (
  row,
  { title = t("dialog.pair"), send = t("dialog.pair.send"), strength = [], pairs = [] } = {},
) =>
  ask(title, ({ answer }) => {
    const [kind, setKind] = useState("pair");
    const [who, setWho] = useState("");
    const [reason, setReason] = useState("");
    const id = useId();
    const kinds = ["pair", "officer"].map((value) => ({ value, label: t(`dialog.pair.${value}`) }));
    const give = () => answer({ [kind]: who.trim(), reason: reason.trim() });
    return html`<form onSubmit=${submits(give)}>
      ${whatOf(row)}
      ${
        strength.length > 0 &&
        html`<ul class="m strength">${strength.map((line) => html`<li key=${line}>${line}</li>`)}
        </ul>`
      }
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
      <${Ends} answer=${answer} send=${send} />
    </form>`;
  });

/** Ask which of several: gives `{value, reason}`; `options` are `{value, label, note}`. */
export const askWhich = (title, options, { row = null, legend = title, send } = {}) =>
  ask(title, ({ answer }) => {
    const [value, setValue] = useState(options[0]?.value ?? "");
    const [reason, setReason] = useState("");
    return html`<form onSubmit=${submits(() => answer({ value, reason: reason.trim() }))}>
      ${row && whatOf(row)}
      <${Choices} name="which" legend=${legend} options=${options} value=${value}
        onPick=${setValue} />
      <${Reason} value=${reason} onInput=${setReason} />
      <${Ends} answer=${answer} send=${send ?? t("dialog.send")} />
    </form>`;
  });
