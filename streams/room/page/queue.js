// The queue: who must act, in the order in which they must. Beyond 200 lines only those in sight
// are drawn. The order does not move under a hand: while rows are ticked it is frozen, and says so.

import { doTo, isOpenFor } from "./doing.js";
import { FIND_ID, Filters } from "./filters.js";
import { bound, keysOn, onKeys } from "./keys.js";
import { hiddenTicks, idsOfGroup, isNewlyCurrent, meant, refreeze, shown } from "./lines.js";
import { startLines, step, thaw, unroll, whyEmpty } from "./lines.js";
import { windowOf } from "./order.js";
import { ROW_PX, Row, openRow, tick } from "./row.js";
import { alerts, current, filters, go, noFilters, number } from "./store.js";
import { selected, session, t, undoLast } from "./store.js";
import { classes, html, useEffect, useLayoutEffect, useRef, useSignal } from "./ui.js";

const ROWS_ID = "rows";
const DRAW_ALL_UP_TO = 200;
const HEAD_PX = 24;
const OPEN_PX = 44;

const heightOf = (line) => {
  if (line.kind === "head") return HEAD_PX;
  return line.row.id === current.value ? ROW_PX + OPEN_PX : ROW_PX;
};

/** A group's heading, with a box that ticks all of it. */
const Head = ({ group, count }) => {
  const ids = idsOfGroup(group);
  const isTicked = ids.length > 0 && ids.every((id) => selected.value.has(id));
  const title = t(`queue.group.${group}`);
  return html`<li class=${classes("gh", group)}>
    <label class="ck"><input type="checkbox" checked=${isTicked}
      aria-label=${t("queue.select.all", { title })}
      onChange=${(event) => tick(ids, event.target.checked)} /></label>
    <h3>${title} <b class="num">${number(count)}</b></h3>
  </li>`;
};

/** Lines as nodes; one that has not changed is the same node as before, so it costs nothing. */
const drawn = (line, place, count, cache) => {
  if (line.kind === "head") {
    return html`<${Head} key=${`head ${line.group}`} group=${line.group} count=${line.count} />`;
  }
  const { row, alike, isBreached } = line;
  const known = cache.get(row.id);
  const isSame =
    known?.row === row &&
    known.place === place &&
    known.count === count &&
    known.isBreached === isBreached &&
    known.alike === alike.length;
  if (isSame) return known.node;
  const node = html`<${Row} key=${row.id} line=${line} unroll=${unroll} place=${place}
    count=${count} />`;
  cache.set(row.id, { row, place, count, isBreached, alike: alike.length, node });
  return node;
};

const visible = (lines, view) => {
  if (lines.length <= DRAW_ALL_UP_TO) return { first: 0, last: lines.length, above: 0, below: 0 };
  return windowOf(lines.map(heightOf), view);
};

/** The height of lines that are not drawn. */
const Gap = ({ px }) =>
  html`<li class="gap" aria-hidden="true" style=${{ height: `${Math.max(0, px)}px` }}></li>`;

const Rows = () => {
  const list = useRef(null);
  const cache = useRef(new Map());
  const view = useSignal({ top: 0, tall: 1_000 });
  const { lines } = shown.value;
  keepStill(list.current, lines);
  const { first, last, above, below } = visible(lines, view.value);
  useLayoutEffect(() => {
    view.value = { top: list.current.scrollTop, tall: list.current.clientHeight };
  }, []);
  useEffect(() => bringIntoView(list.current, lines), [current.value]);
  const scrolled = () => {
    view.value = { top: list.current.scrollTop, tall: list.current.clientHeight };
  };
  const count = lines.length;
  const sticky = first > 0 ? lines.slice(0, first).findLast((line) => line.kind === "head") : null;
  if (cache.current.size > 4 * DRAW_ALL_UP_TO) cache.current.clear();
  return html`<ol class="rows" id=${ROWS_ID} ref=${list} onScroll=${scrolled} tabindex="0"
    aria-label=${t("queue.title")}>
    ${sticky && html`<${Head} key=${`head ${sticky.group}`} group=${sticky.group}
      count=${sticky.count} />`}
    <${Gap} key="above" px=${above - (sticky ? HEAD_PX : 0)} />
    ${lines.slice(first, last).map((line, index) => drawn(line, first + index + 1, count,
      cache.current))}
    <${Gap} key="below" px=${below} />
  </ol>`;
};

/** Chromium scrolls after a focused row that moves to another group: the list takes its focus. */
const keepStill = (list, lines) => {
  const row = document.activeElement?.closest?.(".row");
  if (!row || !list?.contains(row)) return;
  const line = lines.find((each) => each.row?.id === row.dataset.id);
  if (line && line.group !== row.dataset.group) list.focus({ preventScroll: true });
};

/** Scroll to the current row and, if the focus is in the queue already, move it there. */
const bringIntoView = (list, lines) => {
  if (!current.value) return;
  const found = list.querySelector(`[data-id="${CSS.escape(current.value)}"]`);
  if (!found) {
    const place = lines.findIndex((line) => line.row?.id === current.value);
    if (place < 0) return;
    list.scrollTop = lines.slice(0, place).reduce((sum, line) => sum + heightOf(line), -3 * ROW_PX);
    requestAnimationFrame(() => focusOn(list));
    return;
  }
  found.scrollIntoView({ block: "nearest" });
  focusOn(list);
};

const focusOn = (list) => {
  const at = document.activeElement;
  const hasFocus = at === document.body || list.contains(at);
  if (!hasFocus || at.closest?.("a, button, input")) return;
  list.querySelector(".row.cur")?.focus({ preventScroll: true });
};

const Frozen = () => {
  const count = selected.value.size;
  if (!count) return "";
  const { waiting, critical } = shown.value;
  const hidden = hiddenTicks.value;
  return html`<div class="frozen" role="status">
    <b>${t("queue.ticked", { count })}</b>
    ${hidden > 0 && html`<span>${t("queue.ticked.hidden", { count: hidden })}</span>`}
    <span>${t("queue.frozen", { count: waiting })}
      ${critical > 0 && html` · <b>${t("queue.frozen.critical", { count: critical })}</b>`}</span>
    <button class="act solid" onClick=${() => doTo("ack", meant())}>${t("app.do.ack")}</button>
    ${waiting > 0 && html`<button class="act" onClick=${refreeze}>${t("queue.renew")}
    </button>`}
    <button class="act" onClick=${thaw}>${t("queue.thaw")} <kbd>Esc</kbd></button>
  </div>`;
};

const BAR = ["ack", "unack", "escalate", "dispatch", "shelve", "resolve", "note", "open"];

const isOffered = (kind) => {
  if (kind === "open") return Boolean(current.value);
  const rows = meant(kind).map((id) => alerts.value.get(id));
  return isOpenFor(kind, rows.filter(Boolean));
};

const acted = (kind) => () => {
  if (kind === "open") {
    if (!current.value) return false;
    openRow(current.value);
  } else if (selected.value.size || !isNewlyCurrent()) doTo(kind, meant(kind));
  return true;
};

/** Who goes through the rows by keys has the focus there, not on a button he once pressed. */
const stepped = (by) => () => {
  document.getElementById(ROWS_ID)?.focus({ preventScroll: true });
  step(by);
};

const Key = ({ act }) => html`<kbd>${bound.value[act].toUpperCase()}</kbd>`;

const KeyBar = () =>
  html`<div class="keys" role="toolbar" aria-label=${t("queue.bar")}>
    <span>${selected.value.size ? t("queue.bar.ticked") : t("queue.bar.row")}</span>
    ${BAR.map(
      (kind) =>
        html`<button key=${kind} onClick=${acted(kind)} disabled=${!isOffered(kind)}>
          ${keysOn.value && html`<${Key} act=${kind} />`}${t(`app.do.${kind}`)}</button>`,
    )}
    ${keysOn.value && html`<span class="jk"><${Key} act="down" /><${Key} act="up" /></span>`}
  </div>`;

const SAYS = {
  "queue.empty": "queue.empty.says",
  "queue.empty.unwatched": "queue.empty.unwatched.says",
};

const Empty = () => {
  const why = whyEmpty.value;
  if (why === "queue.loading") return html`<p class="empty">${t(why)}</p>`;
  return html`<div class="empty"><p><b>${t(why)}</b></p>
    ${
      why === "queue.empty.narrowed"
        ? html`<button class="act" onClick=${() => (filters.value = noFilters)}>${t("queue.clear")}
        </button>`
        : html`<p>${t(SAYS[why])}</p>`
    }</div>`;
};

const ACTS = ["ack", "unack", "escalate", "shelve", "resolve", "note", "dispatch", "open"];

const keysOfQueue = () => ({
  down: stepped(1),
  up: stepped(-1),
  select: () => current.value && tick([current.value], !selected.value.has(current.value)),
  find: () => document.getElementById(FIND_ID)?.focus(),
  undo: undoLast,
  Escape: () => (selected.value.size ? thaw() : false),
  triage: () => session.value.may_triage && go("/triage"),
  ...Object.fromEntries(ACTS.map((kind) => [kind, acted(kind)])),
});

startLines();

/** The queue with its head and its keys. */
export const Queue = () => {
  useEffect(() => onKeys(keysOfQueue()), []);
  return html`<section class="queue" id="queue" aria-label=${t("queue.title")}>
    <${Filters} /><${Frozen} />
    ${shown.value.lines.length ? html`<${Rows} /><${KeyBar} />` : html`<${Empty} />`}
  </section>`;
};
