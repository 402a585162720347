// Narrower than 720 px: the phone of somebody on the way. One alert, one big button, then the next.

import { Countdown } from "./countdown.js";
import { doTo } from "./doing.js";
import { LETTER, Mark, Sev } from "./glyphs.js";
import { shown } from "./lines.js";
import { nextLevel, targetOf } from "./order.js";
import { briefOf, current, link, nameOf, openAlert, pendingOf, placeOf } from "./store.js";
import { say, session, t } from "./store.js";
import { clockOf, zoneOf } from "./time.js";
import { html, useSignal } from "./ui.js";

const NEXT_SHOWN = 12;

const held = (row) => {
  const signal = useSignal(row);
  if (signal.peek() !== row) signal.value = row;
  return signal;
};

const Deadline = ({ row }) => {
  const { kind, at } = targetOf(row);
  const signal = held(row);
  if (kind === "none") return "";
  const level = nextLevel(row);
  const next = t("queue.phone.then", { level: level ? say(level.name) : "" });
  const then = kind === "due" ? next : t(`queue.${kind}`);
  return html`<p class="big"><${Countdown} row=${signal} />
    <span>${then}<br /><b class="num">${clockOf(at)} ${zoneOf(at)}</b></span></p>`;
};

const Buttons = ({ row }) => {
  const way = pendingOf(row.id);
  const isOffline = link.value === "offline";
  const canAck = ["unacknowledged", "returned"].includes(row.state) && row.may.includes("ack");
  const canEscalate = !isOffline && row.may.includes("escalate");
  return html`<div class="ackbar">
    ${
      way
        ? html`<p class=${`ack way ${way.state}`} role="status">
          ${`${t(`app.way.${way.state}`)} ${say(way.reason)}`}</p>`
        : canAck
          ? html`<button class="ack" disabled=${isOffline} onClick=${() => doTo("ack", [row.id])}>
            ${t("queue.phone.ack")}</button>`
          : html`<p class="ack done">${t(`queue.state.${row.state}`)}</p>`
    }
    <div class="two">
      <button disabled=${!canEscalate} onClick=${() => doTo("escalate", [row.id])}>
        ${t("app.do.escalate")}</button>
      <button onClick=${() => openAlert(row.id)}>${t("app.do.open")}</button>
    </div>
  </div>`;
};

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

const Following = ({ row }) => {
  const signal = held(row);
  return html`<li><button onClick=${() => (current.value = row.id)}>
    <${Mark} severity=${row.severity} size=${26} />
    <span><span class="vh">${t(`app.severity.${row.severity}`)}: </span>${briefOf(row)}
      <span class="m">${placeOf(row.place)}</span></span>
    <${Countdown} row=${signal} />
  </button></li>`;
};

/** The card, and what comes after it. */
export const Phone = () => {
  const rows = shown.value.lines.filter((line) => line.kind === "row").map((line) => line.row);
  const place = Math.max(
    0,
    rows.findIndex((row) => row.id === current.value),
  );
  const whose = session.value.area ? nameOf(session.value.area) : t("head.everywhere");
  if (!rows.length) {
    return html`<section class="phone"><p class="empty"><b>${t("queue.empty")}</b></p></section>`;
  }
  const others = rows.filter((_, index) => index !== place);
  return html`<section class="phone" aria-label=${t("queue.phone.for")}>
    <p class="ph-for">${whose} <span class="num">${place + 1} / ${rows.length}</span></p>
    <${Card} key=${rows[place].id} row=${rows[place]} />
    ${others.length > 0 && html`<h3>${t("queue.phone.next")}</h3>`}
    <ul class="nx">
      ${others.slice(0, NEXT_SHOWN).map((row) => html`<${Following} key=${row.id} row=${row} />`)}
    </ul>
  </section>`;
};
