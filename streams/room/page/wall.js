// The wall: what a room sees from five metres. No controls; it shows five alerts and says how many
// it does not. Dark unless the address asks otherwise, since it hangs in a room all day.

import { LETTER, Mark, Sit } from "./glyphs.js";
import { reachedBy } from "./expect.js";
import { isShort } from "./figures.js";
import { shortName, shortNames } from "./levels.js";
import { inOrder } from "./lines.js";
import { grouped, isSoon, nextLevel, targetOf } from "./order.js";
import { Counts, Still, tileWords } from "./picture.js";
import { arranged, openAt, shown, whole } from "./scene.js";
import {
  briefOf,
  clock,
  link,
  nameOf,
  now,
  number,
  placeOf,
  say,
  stillIn,
  t,
  theme,
  triage,
  zone,
  zoom,
} from "./store.js";
import { orderedAt, survey } from "./summary.js";
import { clockIn, countdown, hourOf, msOf } from "./time.js";
import { classes, computed, html, useComputed, useLayoutEffect } from "./ui.js";

const SHOWN = 5;

const waiting = computed(() => {
  const groups = grouped(inOrder.value, orderedAt.value, true);
  return groups.filter(({ group }) => group === "breached" || group === "running");
});
const first = computed(() => {
  const rowsOf = ({ group, rows }) =>
    rows.slice(0, SHOWN).map((row) => ({ row, isBreached: group === "breached" }));
  return waiting.value.flatMap(rowsOf).slice(0, SHOWN);
});

const told = computed(() => clockIn(now.value, zone.value));
const toldShort = computed(() => told.value.slice(0, 5));
const heard = computed(() =>
  clock.value?.heard_ms ? clockIn(clock.value.heard_ms, zone.value) : "–",
);

const Top = () => {
  const area = whole.value;
  const isMany = area.kind === "provinsi";
  const name = zoom.value && !isMany ? nameOf(zoom.value) : area.name || t("pic.wall.everywhere");
  return html`<header class="wtop">
    <b class="num clock">${toldShort}</b>
    <div><h1>${name}</h1>
      <p>${t("pic.wall.heard")} <b class="num">${heard}</b> ${zone} · ${t("pic.wall.now")}${" "}
        <b class="num">${clock.value?.now_ms ? told : "–"}</b></p></div>
    <div class="wsit"><span>${t(isMany ? "pic.wall.situations" : "pic.wall.situation")}</span>
      ${area.colour ? html`<${Sit} colour=${area.colour} />` : html`<b>–</b>`}</div>
  </header>`;
};

const Numbers = () => {
  const all = survey.value;
  return html`<ul class="wc">
    ${["critical", "high", "medium"].map(
      (severity) => html`<li key=${severity}><${Mark} severity=${severity} size=${84} />
        <b class="num">${number(all[severity])}</b><span>${t(`app.severity.${severity}`)}</span>
        </li>`,
    )}
    <li class=${classes("past", all.breached > 0 && "hot")}><b class="num">${number(all.breached)}
    </b>
      <span>${t("pic.wall.breached")}</span></li>
  </ul>`;
};

const thenOf = (row) => {
  const { kind, at } = targetOf(row);
  if (kind === "top") return t("pic.wall.top");
  const level = nextLevel(row);
  if (!at || !level) return t("pic.wall.due");
  return `→ ${say(level.name)}`;
};

/** What is left or has passed, to be read from afar; beyond an hour in hours and minutes. */
const dueText = (row) => {
  const { at } = targetOf(row);
  if (!at) return "–";
  if (link.value !== "live" || !clock.value?.now_ms) return hourOf(at);
  const text = countdown(msOf(at), now.value);
  const [hours, minutes, seconds] = text.split(":");
  return seconds === undefined ? text : t("pic.wall.hours", { hours, minutes });
};

const Due = ({ row }) => {
  const text = useComputed(() => dueText(row));
  const name = useComputed(() =>
    classes("num cd", link.value === "live" && isSoon(row, now.value) && "soon"),
  );
  return html`<span class=${name}>${text}</span>`;
};

/** As on the tiles, the kecamatan is short: from afar it is its number of letters that counts. */
const wallPlace = (code) => {
  const [place, kecamatan] = placeOf(code).split(" · ");
  return kecamatan ? `${place} · ${shortName(kecamatan)}` : place;
};

const Alert = ({ row, isBreached }) => {
  return html`<li class=${classes(isBreached && "breached")} data-s=${LETTER[row.severity]}>
    <${Mark} severity=${row.severity} size=${64} />
    <p><b>${briefOf(row)}</b>
      <span><b class="w">${t(`app.severity.${row.severity}`).toUpperCase()}
      </b> ${wallPlace(row.place)}</span></p>
    <div class="d"><${Due} row=${row} /><span>${thenOf(row)}</span></div>
  </li>`;
};

const Rest = () => {
  const all = waiting.value.reduce((sum, { rows }) => sum + rows.length, 0);
  const more = all - first.value.length;
  const says = more > 0 ? t("pic.wall.rest", { count: number(more) }) : t("pic.wall.all");
  return html`<li class="rest">${says}</li>`;
};

const Calm = () => {
  const { critical, high, medium, low } = survey.value;
  const open = critical + high + medium + low;
  return html`<div class="wcalm"><b>${t("pic.wall.calm")}</b>
    ${open > 0 && html`<span>${t("pic.wall.acked", { count: number(open) })}</span>`}</div>`;
};

const Queue = () =>
  first.value.length === 0
    ? html`<${Calm} />`
    : html`<ol class="wq" aria-label=${t("pic.wall.queue")}>
        ${first.value.map(
          ({ row, isBreached }) =>
            html`<${Alert} key=${`${row.id}.${row.revision}`} row=${row}
              isBreached=${isBreached} />`,
        )}
        <${Rest} />
      </ol>`;

const URGENT = ["critical", "high"];

const Tile = ({ area, name, square }) => {
  const open = openAt.value.get(area.code);
  const share = area.tps ? reachedBy(area.stages, "counting") / area.tps : 0;
  const isCalm = !open?.critical && !open?.high;
  const isStill = stillIn(area.code).length > 0; // Then nobody knows whether it is calm.
  return html`<div class="wt" data-c=${area.colour} role="img" aria-label=${tileWords(area, open)}
    style=${{ gridColumn: square.column + 1, gridRow: square.row + 1 }}>
    <b>${name}</b>
    <div class="wg"><${Still} area=${area} isBare />${
      isCalm
        ? !isStill && html`<span class="ok">·</span>`
        : html`<${Counts} counts=${open} size=${54} severities=${URGENT} />`
    }</div>
    <div class="ws">${area.colour && area.colour !== "hijau" && html`<${Sit}
      colour=${area.colour} />`}
      ${area.silent > 0 && html`<span class="si"><i></i>${number(area.silent)}</span>`}</div>
    <span class="wb"><i style=${{ width: `${(share * 100).toFixed(1)}%` }}></i></span>
  </div>`;
};

const Tiles = () => {
  const { at, columns, rows } = arranged.value;
  const tiles = shown.value.areas;
  const names = shortNames(tiles);
  return html`<div class=${classes("wgrid", columns * rows > 24 && "many")}
    style=${{ "--columns": columns, "--rows": rows }}>
    ${tiles.map(
      (area) =>
        html`<${Tile} key=${area.code} area=${area} name=${names.get(area.code)}
          square=${at.get(area.code)} />`,
    )}
  </div>`;
};

/** How many TPS stand at each of the stages that the wall tells apart. */
const stagesOf = (stages) => ({
  not_open: (stages.not_open ?? 0) + (stages.postponed ?? 0),
  voting: (stages.voting ?? 0) + (stages.suspended ?? 0),
  closed: stages.closed ?? 0,
  counting: stages.counting ?? 0,
  done: reachedBy(stages, "counted"),
});

const Stages = () => {
  const stages = stagesOf(whole.value.stages);
  const all = Object.entries(stages);
  const some = all.filter(([, count]) => count > 0);
  const told = all.filter(([stage, count]) => count > 0 || stage !== "not_open");
  const words = Object.fromEntries(all.map(([stage, count]) => [stage, number(count)]));
  return html`<div class="wstage">
    <div class="wbar" role="img" aria-label=${t("pic.wall.stages", words)}>
      ${some.map(
        ([stage, count]) => html`<i key=${stage} data-stage=${stage} style=${{ flex: count }}></i>`,
      )}</div>
    <p>${told.map(
      ([stage, count]) =>
        html`<span key=${stage}><i data-stage=${stage}></i><b class="num">${number(count)}</b>
          ${t(`pic.wall.${stage}`)}</span>`,
    )}</p>
  </div>`;
};

const Short = () => {
  const short = (whole.value.strength ?? []).filter(isShort);
  if (short.length === 1) {
    const [{ name, free, needed }] = short;
    return html`<div class="hot"><dt>Polsek ${shortName(name)}</dt>
      <dd class="num">${free}/${needed}</dd></div>`;
  }
  return html`<div class=${classes(short.length > 0 && "hot")}><dt>${t("pic.wall.short")}</dt>
    <dd class="num">${number(short.length)}</dd></div>`;
};

const Figures = () => {
  const area = whole.value;
  const open = [...triage.value.values()].filter(({ report }) => report.status === "open").length;
  return html`<dl>
    <div><dt>${t("pic.wall.silent")}</dt><dd class="num"><i class="hx"></i>${number(area.silent)}
    </dd></div>
    <div><dt>${t("pic.boxes")}</dt><dd class="num">${number(area.boxes_away ?? 0)}</dd></div>
    <div><dt>${t("pic.triage")}</dt><dd class="num">${number(open)}</dd></div>
    <${Short} />
  </dl>`;
};

const dress = () => {
  const root = document.documentElement;
  const before = theme.peek();
  root.dataset.page = "wall";
  // The choice is the wall's, so it is not kept for this machine.
  if (!new URLSearchParams(location.search).has("theme")) theme.value = "dark";
  return () => {
    delete root.dataset.page;
    theme.value = before;
  };
};

/** The whole screen. */
export const Wall = () => {
  useLayoutEffect(dress, []);
  return html`<div class="wallpage">
    <${Top} />
    <main class="wall" id="main" tabindex="-1">
      <section class="wl"><${Numbers} /><${Queue} /></section>
      <section class="wr" aria-label=${t("pic.title")}><${Tiles} /></section>
      <section class="wbot" aria-label=${t("pic.stages")}><${Stages} /><${Figures} /></section>
    </main>
  </div>`;
};
