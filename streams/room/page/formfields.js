// The fields of the form, each with its label, its problem and its way of typing.

import { categories, loadCategories } from "./categories.js";
import { Combo } from "./combo.js";
import { BOOLEANS, CHANNELS, KINDS, NUMBERS, otherDay, RELAYED, WORDS } from "./phoned.js";
import { entryOf, find, placesOf } from "./places.js";
import { areas, has, language, nameOf, nowMs, t, tps, zone } from "./store.js";
import { clockOf, dateIn } from "./time.js";
import { computed, html, useEffect, useId } from "./ui.js";

const categoryEntries = computed(() =>
  categories.value.map((one) =>
    entryOf(one.code, one[language.value], one.code, [one.id, one.en, ...one.words]),
  ),
);
const everywhere = computed(() => placesOf(areas.value, tps.value, nameOf));
const stations = computed(() => placesOf(areas.value, tps.value, nameOf, ["tps"]));

const LONG = ["text"];
const hintOf = (name) => (has(`desk.form.hint.${name}`) ? t(`desk.form.hint.${name}`) : "");

const Select = ({ id, options, value, onPick, ...more }) => html`<select id=${id} value=${value}
  onChange=${(event) => onPick(event.currentTarget.value)} ...${more}>
  ${options.map(([code, label]) => html`<option key=${code} value=${code}>${label}</option>`)}
  </select>`;

const yesNo = () => [
  ["", "–"],
  ["yes", t("alert.yes")],
  ["no", t("alert.no")],
];

const choicesOf = (name, form) => {
  if (name === "relays") {
    const roles = RELAYED[form.what === "report" ? "report" : "status"];
    return roles.map((role) => [role, t(`desk.source.${role}`)]);
  }
  if (name === "channel") return CHANNELS.map((one) => [one, t(`desk.word.${one}`)]);
  if (name === "kind") return Object.keys(KINDS).map((kind) => [kind, t(`desk.kind.${kind}`)]);
  if (BOOLEANS.includes(name)) return yesNo();
  if (WORDS[name]) return [["", "–"], ...WORDS[name].map((word) => [word, t(`desk.word.${word}`)])];
  return null;
};

const PlaceField = ({ id, form, change, ...more }) => {
  const pool = form.what === "report" ? everywhere.value : stations.value;
  return html`<${Combo} id=${id} text=${form.place_text ?? ""} hint=${t("desk.place.hint")}
    search=${(typed) => find(pool, typed)} onText=${(text) => change("place_text", text)}
    onPick=${(entry) => change("placeCode", entry?.value ?? "")} ...${more} />
    ${form.placeCode && html`<span class="code">${form.placeCode}</span>`}`;
};

const CategoryField = ({ id, form, change, ...more }) => {
  useEffect(() => {
    loadCategories();
  }, []);
  return html`<${Combo} id=${id} text=${form.category ?? ""} hint=${t("desk.category.hint")}
    search=${(typed) => find(categoryEntries.value, typed)}
      onText=${(text) => change("category", text)}
    onPick=${(entry) => change("categoryCode", entry?.value ?? "")} ...${more} />
    ${form.categoryCode && html`<span class="code">${form.categoryCode}</span>`}`;
};

const Corrects = ({ id, form, change, sent, ...more }) => {
  const list = useId();
  return html`<input id=${id} list=${list} autocomplete="off" maxlength="64"
    value=${form.corrects ?? ""}
      onInput=${(event) => change("corrects", event.currentTarget.value)} ...${more} />
    <datalist id=${list}>${sent.map(
      (one) => html`<option key=${one.id} value=${one.id}>
      ${t(`desk.kind.${one.kind}`)} · ${one.tps} · ${clockOf(one.at)}</option>`,
    )}</datalist>`;
};

/**
 * Not the browser's own field for times: that one tells them as 2:05 PM wherever it feels American.
 */
const typeOf = (name) => (name === "caller" ? "tel" : "text");

const Plain = ({ id, name, form, change, ...more }) => {
  const typed = (event) => change(name, event.currentTarget.value);
  if (LONG.includes(name)) {
    return html`<textarea id=${id} rows="4" maxlength="4000" value=${form[name] ?? ""}
      onInput=${typed} ...${more}></textarea>`;
  }
  const isNumber = NUMBERS.includes(name);
  return html`<input id=${id} type=${typeOf(name)} autocomplete="off" value=${form[name] ?? ""}
    inputmode=${isNumber || name === "time" ? "numeric" : undefined}
      pattern=${isNumber ? "[0-9.]*" : undefined}
    placeholder=${hintOf(name)} onInput=${typed} ...${more} />`;
};

const inputOf = (props) => {
  const { name, form, change } = props;
  const options = choicesOf(name, form);
  if (options)
    return html`<${Select} ...${props} options=${options} value=${form[name] ?? ""}
      onPick=${(value) => change(name, value)} />`;
  if (name === "place_text") return html`<${PlaceField} ...${props} />`;
  if (name === "category") return html`<${CategoryField} ...${props} />`;
  if (name === "corrects") return html`<${Corrects} ...${props} />`;
  return html`<${Plain} ...${props} />`;
};

const labelOf = (name, form) => {
  const own = `desk.form.field.${name}.${form.what}`;
  return t(has(own) ? own : `desk.form.field.${name}`, { zone: zone.value });
};

/** What a time means that is not of today: it must be seen before it is sent. */
const dayMeant = (form) => {
  const at = otherDay(form.time ?? "", nowMs(), zone.value);
  return at && t("desk.form.otherday", { date: dateIn(at, zone.value, language.value) });
};

/** A field: `name` as in `phoned.js`; `change(field, value)` takes what is typed. */
export const Field = ({ name, form, change, problem, isFirst, sent }) => {
  const id = useId();
  const meant = name === "time" && !problem && dayMeant(form);
  const state = {
    "aria-invalid": problem !== "",
    "aria-describedby": problem || meant ? `${id}-why` : undefined,
  };
  return html`<div class="fld" data-first=${isFirst || undefined} data-field=${name}>
  <label for=${id}>${labelOf(name, form)}</label>
    ${inputOf({ id, name, form, change, sent, ...state })}
    ${meant && html`<p class="meant" id=${`${id}-why`}>${meant}</p>`}
    ${problem && html`<p class="wrong" id=${`${id}-why`}>${problem}</p>`}</div>`;
};
