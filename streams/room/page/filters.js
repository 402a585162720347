// What the queue is narrowed to: pressed words, a search, a line of choices, views kept by name.

import { LETTER, Icon } from "./glyphs.js";
import { bound, keysOn } from "./keys.js";
import { choice, choose } from "./prefs.js";
import { alerts, filters, nameOf, noFilters, number, say, t } from "./store.js";
import { survey } from "./summary.js";
import { computed, html, signal } from "./ui.js";

/** The search field, for the key that goes there. */
export const FIND_ID = "find";

const isMore = signal(false);

const parsed = (text) => {
  try {
    return JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
};

/** Views of this person on this machine: `[{name, filters}]`. */
export const views = choice("views", parsed);

const keepViews = (next) => {
  views.value = next;
  choose("views", JSON.stringify(next));
};

/** Keep what is chosen now under a name. */
export const saveView = (name) => {
  const others = views.value.filter((view) => view.name !== name);
  keepViews([...others, { name, filters: filters.value }]);
};

const set = (change) => (filters.value = { ...filters.value, ...change });

const open = computed(() =>
  [...alerts.value.values()].filter(({ state }) => state !== "resolved" && state !== "inhibited"),
);
const sorted = (values) => [...new Set(values)].sort();
const levels = computed(() => {
  const found = new Map();
  for (const row of open.value) for (const level of row.levels) found.set(level.code, level.name);
  return found;
});
const rules = computed(() => sorted([...alerts.value.values()].map((row) => row.rule)));

const Pressed = ({ state, count }) =>
  html`<button aria-pressed=${filters.value.state === state} onClick=${() => set({ state })}>
    ${t(`queue.state.${state}`)}${" "}
    ${count !== undefined && html`<span class="num">${number(count)}</span>`}
  </button>`;

const Choice = ({ name, options }) =>
  html`<label><span>${t(`queue.by.${name}`)}</span>
    <select value=${filters.value[name]} onChange=${(event) => set({ [name]: event.target.value })}>
      <option value="">${t("queue.any")}</option>
      ${options.map(
        ([value, says]) =>
          html`<${Option} value=${value} says=${says} isChosen=${filters.value[name] === value} />`,
      )}
    </select></label>`;

const STATES = [
  "open",
  "breached",
  "unacknowledged",
  "acknowledged",
  "mine",
  "returned",
  "shelved",
  "inhibited",
  "resolved",
  "all",
];

const Option = ({ value, says, isChosen }) =>
  html`<option value=${value} selected=${isChosen}>${says}</option>`;

const Views = () => {
  const pick = (event) => {
    const found = views.value.find((view) => view.name === event.target.value);
    if (found) filters.value = { ...noFilters, ...found.filters };
  };
  const save = (event) => {
    event.preventDefault();
    const { name } = event.target.elements;
    if (name.value.trim()) saveView(name.value.trim());
    name.value = "";
  };
  const chosen = JSON.stringify(filters.value);
  const same = views.value.find((view) => JSON.stringify(view.filters) === chosen);
  const forget = () => keepViews(views.value.filter((view) => view !== same));
  return html`
    <label><span>${t("queue.views")}</span>
      <select onChange=${pick}>
        <option value="" selected=${!same}>–</option>
        ${views.value.map(
          (view) =>
            html`<${Option} value=${view.name} says=${view.name} isChosen=${view === same} />`,
        )}
      </select></label>
    ${
      same
        ? html`<button class="act" onClick=${forget}>${t("queue.views.forget")}</button>`
        : html`<form onSubmit=${save}><label><span>${t("queue.views.as")}</span>
          <input name="name" maxlength="30" autocomplete="off" /></label>
          <button class="act">${t("queue.views.save")}</button></form>`
    }
  `;
};

const levelOptions = () => [...levels.value].map(([code, name]) => [code, say(name)]);

const More = () => {
  const now = filters.value.state;
  const severities = Object.keys(LETTER).map((code) => [code, t(`app.severity.${code}`)]);
  return html`<div class="sift narrow" id="narrow">
    <${Choice} name="severity" options=${severities} />
    <${Choice} name="level" options=${levelOptions()} />
    <${Choice} name="rule" options=${rules.value.map((rule) => [rule, rule])} />
    <label><span>${t("queue.by.state")}</span>
      <select value=${now} onChange=${(event) => set({ state: event.target.value })}>
        ${STATES.map(
          (state) =>
            html`<${Option} value=${state} says=${t(`queue.state.${state}`)}
              isChosen=${now === state} />`,
        )}
      </select></label>
    <${Views} />
  </div>`;
};

const Chips = () => {
  const { area, severity, level, rule } = filters.value;
  const word = severity && t(`app.severity.${severity}`);
  const name = levels.value.get(level);
  const says = { area: area && nameOf(area), severity: word, level: say(name) || level, rule };
  const held = Object.entries(says).filter(([, text]) => text);
  if (!held.length) return "";
  return html`<p class="chips">
    ${held.map(
      ([name, text]) =>
        html`<button key=${name} onClick=${() => set({ [name]: "" })}
          aria-label=${t("queue.drop", { what: text })}>
          ${t(`queue.by.${name}`)}: <b>${text}</b> <span aria-hidden="true">×</span></button>`,
    )}
    <button onClick=${() => (filters.value = noFilters)}>${t("queue.clear")}</button>
  </p>`;
};

/** The head of the queue. */
export const Filters = () => {
  return html`
    <header>
      <h2>${t("queue.title")} <span class="num">${number(survey.value.open)}</span></h2>
      <div class="seg" role="group" aria-label=${t("queue.by.state")}>
        <${Pressed} state="open" />
        <${Pressed} state="unacknowledged" count=${survey.value.waiting} />
        <${Pressed} state="mine" count=${survey.value.mine} />
      </div>
      <label class="find"><${Icon} name="search" /><span class="vh">${t("queue.find")}</span>
        <input id=${FIND_ID} type="search" value=${filters.value.text}
          placeholder=${t("queue.find")}
          onInput=${(event) => set({ text: event.target.value })}
          onKeyDown=${(event) => event.key === "Escape" && event.target.blur()} />
        ${keysOn.value && html`<kbd>${bound.value.find}</kbd>`}</label>
      <button class="tb" aria-expanded=${isMore.value} aria-controls="narrow"
        onClick=${() => (isMore.value = !isMore.value)}>
        ${t("queue.narrow")}</button>
    </header>
    ${isMore.value && html`<${More} />`}<${Chips} />
  `;
};
