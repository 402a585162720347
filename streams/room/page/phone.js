// Narrower than 720 px: the phone of somebody on the way, and a screen that is zoomed. One alert,
// one big button; then all the others. The card stays the alert that it is until a touch goes on.

import { Countdown } from "./countdown.js";
import { doTo } from "./doing.js";
import { FIND_ID, Filters } from "./filters.js";
import { LETTER, Mark, Sev } from "./glyphs.js";
import { onKeys } from "./keys.js";
import { shown, thaw, whyEmpty } from "./lines.js";
import { nextLevel, targetOf } from "./order.js";
import { followingOf, newAbove } from "./pinned.js";
import { alerts, briefOf, current, filters, link, nameOf, number } from "./store.js";
import { onLogout, openAlert, pendingOf, placeOf, say, session, t, takerOf } from "./store.js";
import { clockOf, zoneOf } from "./time.js";
import { computed, effect, html, signal, useEffect, useSignal, useState } from "./ui.js";

/** Lines that are drawn at first, and more by each touch. */
const STEP = 25;

/** The alert of the card, and the order in which the list stood when it was shown. */
const pinned = signal({ id: "", before: [] });
/** It as it was seen last: it may have left the queue. */
const held = signal(null);

/** Every alert by itself: what the queue rolls up is listed here too. */
const rows = computed(() =>
  shown.value.lines.flatMap(({ row, alike }) => (row ? [row, ...alike] : [])),
);
const ids = computed(() => rows.value.map((row) => row.id));
const shownRow = computed(() => alerts.value.get(pinned.value.id) ?? held.value);

const pin = (id) => {
  pinned.value = { id, before: ids.peek() };
  held.value = alerts.peek().get(id) ?? null;
  current.value = id; // Who widens the window finds it there.
};

const goOn = () => {
  const { id, before } = pinned.value;
  pin(followingOf(before, ids.value, id) || id);
};

const goBack = () => {
  const place = ids.value.indexOf(pinned.value.id);
  if (place > 0) pin(ids.value[place - 1]);
};

effect(() => {
  const row = alerts.value.get(pinned.value.id);
  if (row) held.value = row;
});

onLogout(() => {
  pinned.value = { id: "", before: [] };
  held.value = null;
});

const Deadline = ({ row }) => {
  const { kind, at } = targetOf(row);
  const live = useSignal(row);
  if (live.peek() !== row) live.value = row;
  // Its place is kept, so that what is below does not come under the thumb.
  if (kind === "none") return html`<p class="big quiet">${t(`alert.nodue.${row.state}`)}</p>`;
  const level = nextLevel(row);
  const next = t("queue.phone.then", { level: level ? say(level.name) : "" });
  const then = kind === "due" ? next : t(`queue.${kind}`);
  return html`<p class="big"><${Countdown} row=${live} />
    <span>${then}<br /><b class="num">${clockOf(at)} ${zoneOf(at)}</b></span></p>`;
};

/** The big button, or how it stands once it was pressed: here, in words, until one goes on. */
const Take = ({ row }) => {
  const way = pendingOf(row.id);
  if (way) {
    const says = `${t(`app.way.${way.state}`)} ${say(way.reason)}`;
    return html`<p class=${`ack way ${way.state}`} role="status">${says}</p>`;
  }
  const isThere = alerts.value.has(row.id);
  const canAck = isThere && ["unacknowledged", "returned"].includes(row.state);
  if (canAck && row.may.includes("ack")) {
    return html`<button class="ack" disabled=${link.value === "offline"}
      onClick=${() => doTo("ack", [row.id])}>${t("queue.phone.ack")}</button>`;
  }
  const who = say(takerOf(row));
  const stands = isThere ? t(`alert.state.${row.state}`) : t("queue.phone.gone");
  return html`<p class="ack done">${[stands, who].filter(Boolean).join(" · ")}</p>`;
};

const Do = ({ kind, row, label }) => {
  const isOpen = link.value !== "offline" && alerts.value.has(row.id) && row.may.includes(kind);
  return html`<button disabled=${!isOpen} onClick=${() => doTo(kind, [row.id])}>${label}</button>`;
};

const Buttons = ({ row }) => html`<div class="ackbar"><${Take} row=${row} />
  <div class="three">
    ${
      row.state === "acknowledged"
        ? html`<${Do} key="unack" kind="unack" row=${row} label=${t("queue.phone.unack")} />`
        : html`<${Do} key="escalate" kind="escalate" row=${row} label=${t("app.do.escalate")} />`
    }
    <button onClick=${() => openAlert(row.id)}>${t("app.do.open")}</button>
    <button disabled=${!ids.value.some((id) => id !== row.id)} onClick=${goOn}>
      ${t("queue.phone.next")} <span aria-hidden="true">›</span></button>
  </div>
</div>`;

const Card = ({ row }) =>
  html`<article class="card" data-s=${LETTER[row.severity]}>
    <header><${Sev} severity=${row.severity} size=${30} /><span class="code">${row.rule}</span>
    </header>
    <h2>${briefOf(row)}</h2>
    <p class="where">${placeOf(row.place)}<br /><span class="m">${row.place}</span></p>
    <${Deadline} row=${row} />
    <p class="why"><b>${t("queue.why")}</b><span>${say(row.why)}</span></p>
    <p class="why"><b>${t("queue.do")}</b><span>${say(row.action)}</span></p>
    <${Buttons} row=${row} />
  </article>`;

/** What has come above the card, by a touch: the card itself does not move for it. */
const News = ({ row }) => {
  const fresh = newAbove(pinned.value.before, rows.value, row.id);
  if (!fresh.length) return "";
  const critical = fresh.filter(({ severity }) => severity === "critical").length;
  const key = critical ? "queue.phone.new.critical" : "queue.phone.new";
  return html`<button class="news" onClick=${() => pin(fresh[0].id)}>
    ${t(key, { count: number(fresh.length), critical: number(critical) })}</button>`;
};

const Following = ({ row }) => {
  const live = useSignal(row);
  if (live.peek() !== row) live.value = row;
  return html`<li><button onClick=${() => pin(row.id)}>
    <${Mark} severity=${row.severity} size=${26} />
    <span><span class="vh">${t(`app.severity.${row.severity}`)}: </span>${briefOf(row)}
      <span class="m">${placeOf(row.place)}</span></span>
    <${Countdown} row=${live} />
  </button></li>`;
};

const Others = ({ row }) => {
  const [drawn, setDrawn] = useState(STEP);
  const others = rows.value.filter(({ id }) => id !== row.id);
  const left = others.length - drawn;
  return html`<ul class="nx" aria-label=${t("queue.title")}>${others.slice(0, drawn).map(
      (each) => html`<${Following} key=${each.id} row=${each} />`,
    )}</ul>
    ${
      left > 0 &&
      html`<button class="drawmore" onClick=${() => setDrawn(drawn + STEP)}>
        ${t("queue.phone.more", { count: number(left) })}</button>`
    }`;
};

const ACTS = ["ack", "unack", "escalate", "shelve", "resolve", "note", "dispatch"];

/** Keys are about the card: the queue's own row is not seen here. */
const keysOfCard = () => ({
  down: goOn,
  up: goBack,
  select: () => true,
  find: () => document.getElementById(FIND_ID)?.focus(),
  open: () => openAlert(pinned.value.id),
  ...Object.fromEntries(ACTS.map((kind) => [kind, () => void doTo(kind, [pinned.value.id])])),
});

/** Another choice of alerts is another list: its first one is shown. */
const useFirst = () => {
  const chosen = JSON.stringify(filters.value);
  const last = useSignal(chosen);
  useEffect(() => {
    if (last.value !== chosen && !ids.value.includes(pinned.value.id)) pin(ids.value[0] ?? "");
    else if (!shownRow.value && ids.value.length) {
      pin(ids.value.includes(current.value) ? current.value : ids.value[0]);
    }
    last.value = chosen;
  }, [chosen, ids.value]);
};

/** The card, and what comes after it. */
export const Phone = () => {
  useFirst();
  useEffect(thaw, []); // What was ticked on a wider screen cannot be unticked here.
  useEffect(() => onKeys(keysOfCard()), []);
  const row = shownRow.value;
  const whose = session.value.area ? nameOf(session.value.area) : t("head.everywhere");
  const narrowed = html`<section class="queue" id="queue"><${Filters} /></section>`;
  if (!row) {
    return html`<section class="phone"><p class="empty"><b>${t(whyEmpty.value)}</b></p>${narrowed}
    </section>`;
  }
  const place = ids.value.indexOf(row.id);
  const stands = `${place < 0 ? "–" : number(place + 1)} / ${number(ids.value.length)}`;
  return html`<section class="phone" aria-label=${t("queue.phone.for")}>
    <p class="ph-for">${whose} <span class="num">${stands}</span></p>
    <${News} row=${row} /><${Card} key=${row.id} row=${row} />${narrowed}<${Others} row=${row} />
  </section>`;
};
