// The strip of numbers: how many of which severity, how many wait, how fast they come.

import { isShort } from "./figures.js";
import { Mark, Sit } from "./glyphs.js";
import { FLOOD_OVER } from "./order.js";
import { alerts, areasOfDay, filters, hasNow, now, nowMs } from "./store.js";
import { number, openedLately, session, t, triage } from "./store.js";
import { nextOf, soonOf, surveyOf } from "./survey.js";
import { hourOf, minutesSince, msOf } from "./time.js";
import { classes, computed, html, signal, untracked } from "./ui.js";

/** Moves when a row may have changed its group by itself, not each second. */
const turn = signal(0);

/**
 * The moment by which the queue is ordered: renewed when rows come and when a deadline passes. NaN
 * while no `now` is known: then no deadline has passed that the server has not told of.
 */
export const orderedAt = computed(() => {
  alerts.value;
  turn.value;
  return hasNow.value ? untracked(nowMs) : NaN;
});

/** What is counted over all alerts, as deadlines stand at that moment. */
export const survey = computed(() =>
  surveyOf(alerts.value.values(), orderedAt.value, session.value?.user),
);

const upcoming = computed(() => nextOf(survey.value.dues, orderedAt.value));

/** Once a second: has a deadline passed? Called once. */
export const startTurns = () =>
  now.subscribe((at) => {
    if (at >= upcoming.peek()) turn.value = at;
  });

export const isFlood = computed(() => openedLately.value > FLOOD_OVER);

/** How many climb soon, by the second; an equal number renders nothing. */
const soon = computed(() => soonOf(survey.value.dues, hasNow.value ? now.value : NaN));

const SEVERITIES = ["critical", "high", "medium", "low"];

const Severities = () =>
  html`<ul class="sevs">
    ${SEVERITIES.map((severity) => {
      const isOn = filters.value.severity === severity;
      const pick = () => (filters.value = { ...filters.value, severity: isOn ? "" : severity });
      return html`<li key=${severity}>
        <button aria-pressed=${isOn} onClick=${pick}>
          <${Mark} severity=${severity} size=${26} />
          <b class="num">${number(survey.value[severity])}</b>
          <span>${t(`app.severity.${severity}`)}</span>
        </button>
      </li>`;
    })}
  </ul>`;

const Cell = ({ name, says, more, hot, children }) =>
  html`<div class=${classes(hot && "hot")}>
    <dt>${t(name)}</dt>
    <dd class="num">${children}${says}${more && html`<small> ${more}</small>`}</dd>
  </div>`;

const kabupaten = computed(() =>
  [...areasOfDay.value.values()].filter((each) => each.kind === "kabupaten"),
);
const sumOf = (pick) => kabupaten.value.reduce((sum, each) => sum + (pick(each) ?? 0), 0);
const polsek = computed(() => kabupaten.value.flatMap((each) => each.strength ?? []));

const Places = () => {
  const silent = number(sumOf((each) => each.silent));
  const short = polsek.value.filter(isShort).length;
  return html`
    <${Cell} name="head.silent" says=${silent} more=${`/ ${number(sumOf((each) => each.tps))}`}>
      <i class="hx"></i></${Cell}>
    ${
      polsek.value.length > 0 &&
      html`<${Cell} name="head.short" says=${short} more=${`/ ${polsek.value.length}`} />`
    }
  `;
};

const HOURS_FROM = 100;

const ageWords = (minutes) =>
  minutes < HOURS_FROM
    ? t("head.oldest", { minutes })
    : t("head.oldest.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });

const Triage = () => {
  const waiting = [...triage.value.values()].filter(({ report }) => report.status === "open");
  const oldest = Math.min(...waiting.map(({ report }) => msOf(report.received_at ?? report.at)));
  const minutes = waiting.length && hasNow.value ? minutesSince(oldest, orderedAt.value) : null;
  const more = minutes === null ? "" : ageWords(minutes);
  return html`<${Cell} name="head.triage" says=${number(waiting.length)} more=${more} />`;
};

const WORST = ["merah", "kuning", "hijau"];

const Situation = () => {
  const worst = WORST.find((colour) => kabupaten.value.some((each) => each.colour === colour));
  const found = kabupaten.value.find((each) => each.colour === worst);
  if (!found) return "";
  const since = found.colour_since ? t("head.since", { at: hourOf(found.colour_since) }) : "";
  const many = kabupaten.value.length > 1 ? t("head.situation.many") : t("head.situation");
  return html`<div class="kab"><dt>${many}</dt>
    <dd><${Sit} colour=${worst} /><small> ${since}</small></dd></div>`;
};

/** The strip. Its numbers are read out politely when they change. */
export const Summary = () => {
  const { breached, waiting } = survey.value;
  return html`<section class="sum" aria-label=${t("head.summary")}>
    <${Severities} />
    <dl>
      <${Cell} name="head.breached" says=${number(breached)} hot=${breached > 0} />
      <${Cell} name="head.waiting" says=${number(waiting)} />
      <${Cell} name="head.soon" says=${number(soon.value)} />
      <div class="flood"><dt>${t("head.rate")}</dt>
        <dd class="num">${number(openedLately.value)}<small> / ${FLOOD_OVER}</small></dd>
        ${isFlood.value && html`<dd class="fl">${t("head.flood")}</dd>`}</div>
      <${Places} /><${Triage} /><${Situation} />
    </dl>
    <p class="vh" role="status" aria-live="polite">${t("head.aloud", { waiting, breached })}</p>
  </section>`;
};
