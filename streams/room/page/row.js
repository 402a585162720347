// A line of the queue: what, where, how long, how far up the ladder; in place, why and what to do.

import { Countdown, Next } from "./countdown.js";
import { doTo } from "./doing.js";
import { LETTER, Pips, Sev } from "./glyphs.js";
import { idsOf } from "./lines.js";
import { stepsTold } from "./order.js";
import { briefOf, current, drillKind, link, openAlert, pendingOf, placeOf } from "./store.js";
import { say, selected, session, t } from "./store.js";
import { clockOf } from "./time.js";
import { sharedTitle } from "./titles.js";
import { classes, html, useLayoutEffect, useRef, useSignal } from "./ui.js";

export const ROW_PX = 43;
const REST_PX = 8;

/** Tick or untick these rows. */
export const tick = (ids, isOn) => {
  const next = new Set(selected.value);
  for (const id of ids) {
    if (isOn) next.add(id);
    else next.delete(id);
  }
  selected.value = next;
};

/** To an alert's page; who comes back finds its row where he left it. */
export const openRow = (id) => {
  current.value = id;
  openAlert(id);
};

const levelName = (row) =>
  say(row.levels.find(({ code }) => code === row.level)?.name) || row.level;

const Ladder = ({ row }) => {
  const who = say(row.taken_by) || t("queue.somebody");
  const since = row.acknowledged_at
    ? t("queue.by", { who, at: clockOf(row.acknowledged_at) })
    : t("queue.opened", { at: clockOf(row.opened_at) });
  return html`<div class="c-lv">
    <span class="lv" title=${`${levelName(row)} · ${row.ladder}`}>
      <${Pips} count=${row.levels.length} told=${stepsTold(row)} />
      <b>${levelName(row)}</b> <span class="ln">${row.ladder}</span></span>
    <span class="sub">${since}</span>
  </div>`;
};

/** Where the pointer rests since it last pressed a row's button. */
const rest = { id: "", x: 0, y: 0 };

const isNear = ({ clientX, clientY }) =>
  Math.hypot(clientX - rest.x, clientY - rest.y) < REST_PX;

globalThis.addEventListener?.("pointermove", (event) => {
  if (!isNear(event)) rest.id = "";
});

/**
 * Whether another row has come under a pointer that has not moved: its button was never aimed at.
 * The first click then opens the row in place, and the next one is meant for it.
 */
const hasSlid = (event, id) => {
  if (!event.detail) return false; // Pressed by a key: where the focus is, is where one aims.
  const isOther = rest.id !== "" && rest.id !== id && isNear(event);
  Object.assign(rest, { id, x: event.clientX, y: event.clientY });
  return isOther;
};

/** Acknowledge, or how the last command stands. */
const Act = ({ row, ids, isNow }) => {
  const way = pendingOf(row.id);
  if (way) {
    return html`<span class=${`c-act way ${way.state}`} title=${say(way.reason)}>
      ${t(`app.way.${way.state}`)}</span>`;
  }
  const kind = ["unacknowledged", "returned"].includes(row.state) ? "ack" : "open";
  const act = (event) => {
    event.stopPropagation();
    if (hasSlid(event, row.id)) current.value = row.id;
    else if (kind === "ack") doTo("ack", ids);
    else openRow(row.id);
  };
  const isForbidden = kind === "ack" && !row.may.includes("ack");
  const role = t(`head.role.${session.value.role}`);
  return html`<button class="act c-act" onClick=${act} tabindex=${isNow ? 0 : -1}
    aria-disabled=${isForbidden || link.value === "offline"}
    title=${isForbidden ? t("queue.maynot.short", { role }) : null}>
    ${t(`queue.act.${kind}`)}
  </button>`;
};

const Marks = ({ row }) => html`
  ${row.drill && drillKind.value === "some" && html`<em class="tag drl">${t("app.drill")}</em>`}
  ${row.restricted && html`<em class="tag">${t("queue.restricted")}</em>`}
  ${row.children > 0 && html`<em class="tag">${t("queue.children", { count: row.children })}</em>`}
  ${row.unreached > 0 && html`<em class="tag act-now">${t("queue.unreached")}</em>`}
  ${row.notes > 0 && html`<em class="tag">${t("queue.notes", { count: row.notes })}</em>`}
`;

const More = ({ row }) =>
  html`<div class="more">
    <p><em>${t("queue.why")}</em>${say(row.why)}</p>
    <p><em>${t("queue.do")}</em>${say(row.action)}</p>
  </div>`;

const Roll = ({ line, unroll, isNow }) => {
  if (!line.alike.length) return "";
  const open = (event) => {
    event.stopPropagation();
    unroll(line.key);
  };
  return html`<button class="roll" tabindex=${isNow ? 0 : -1} onClick=${open}>
    ${t("queue.roll", { count: line.alike.length + 1 })}
  </button>`;
};

const stateOf = ({ row, isBreached }, ids, isNow) =>
  classes(
    "row",
    isBreached && "breached",
    row.state === "acknowledged" && "ack",
    ["shelved", "inhibited", "resolved", "returned"].includes(row.state) && "shelved",
    isNow && "cur",
    ids.some((id) => selected.value.has(id)) && "sel",
  );

const STATES = ["ack", "breached", "shelved"];

/**
 * Let the browser look anew at what a row's state does to its parts. Chromium forgets to when a row
 * loses a class and is moved to another group (`moveBefore`) at once: it stayed grey.
 */
const useLook = (name) => {
  const place = useRef(null);
  useLayoutEffect(() => {
    const { classList } = place.current;
    for (const state of STATES.filter((each) => !classList.contains(each))) {
      classList.add(state);
      classList.remove(state);
    }
  }, [name]);
  return place;
};

/** One line; `line` is of `order.linesOf`. */
export const Row = ({ line, unroll, place: number, count }) => {
  const { row } = line;
  const held = useSignal(row);
  if (held.peek() !== row) held.value = row;
  const ids = idsOf(line);
  const isNow = current.value === row.id;
  const title = say(row.title);
  const pick = (event) => {
    if (event.target.closest("a, button, input, label")) return;
    current.value = row.id;
  };
  const open = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openRow(row.id);
  };
  const isTicked = ids.every((id) => selected.value.has(id));
  const stop = isNow ? 0 : -1; // One row at a time is a stop of Tab.
  const name = stateOf(line, ids, isNow);
  const place = useLook(name);
  return html`<li ref=${place} class=${name} data-s=${LETTER[row.severity]}
    data-id=${row.id} data-group=${line.group} aria-current=${isNow ? "true" : null}
    aria-posinset=${number} aria-setsize=${count} tabindex=${stop} onClick=${pick}>
    <label class="ck"><input type="checkbox" tabindex=${stop} checked=${isTicked}
      onChange=${(event) => tick(ids, event.target.checked)}
      aria-label=${t("queue.select", { title })} /></label>
    <div class="c-sev"><${Sev} severity=${row.severity} size=${24} />
      <span class="code">${row.rule}</span></div>
    <div class="c-due"><${Countdown} row=${held} /><${Next} row=${row} /></div>
    <div class="c-what">
      <a class="ti" href=${`/alert/${row.id}`} tabindex=${stop} onClick=${open}>
        ${sharedTitle([row, ...line.alike].map(briefOf))}</a>
      <span class="pl">${placeOf(row.place)} <${Marks} row=${row} /></span>
      <${Roll} line=${line} unroll=${unroll} isNow=${isNow} /></div>
    <${Ladder} row=${row} /><${Act} row=${row} ids=${ids} isNow=${isNow} />
    ${isNow && html`<${More} row=${row} />`}
  </li>`;
};
