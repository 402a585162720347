// How far the day is: a bar for each stage, with a tick where it should be by now.

import { Curve } from "./curve.js";
import { isBehind, progressOf } from "./expect.js";
import { whole } from "./scene.js";
import { clock, nowMs, number, t, zone } from "./store.js";
import { clockIn } from "./time.js";
import { classes, html } from "./ui.js";

const percent = (share) => `${(share * 100).toFixed(1)}%`;

/** `−16`, `±0`: how far before or behind what is expected. */
export const gapOf = (gap) => {
  if (gap === null) return "";
  if (gap === 0) return "±0";
  return gap < 0 ? `−${number(-gap)}` : `+${number(gap)}`;
};

const againstWords = ({ expected }) => t("pic.against", { expected: number(expected) });

const Bar = ({ line }) =>
  html`<li>
    <span>${t(`pic.step.${line.step}`)}</span>
    <span class="bar" aria-hidden="true"><i style=${{ width: percent(line.share) }}></i>
      ${line.expectedShare !== null && html`<u style=${{ left: percent(line.expectedShare) }}></u>`}
      </span>
    <b class="num">${number(line.count)}</b>
    <span class=${classes("num dx", isBehind(line) && "behind")}>${gapOf(line.gap)}
      ${line.gap !== null && html`<span class="vh">${againstWords(line)}</span>`}</span>
  </li>`;

/** The panel: bars and the curve. */
export const Stages = () => {
  const area = whole.value;
  const lines = progressOf(area);
  const ticked = lines.some((line) => line.expected !== null);
  const at = clock.value?.now_ms ? clockIn(nowMs(), zone.value).slice(0, 5) : "";
  const says = t("pic.stages.of", { count: number(area.tps) });
  const tick = ticked ? `; ${t("pic.stages.tick", { at })}` : "";
  return html`<h2>${t("pic.stages")} <span class="m">${says}${tick}</span></h2>
    <ul class="bars">${lines.map((line) => html`<${Bar} key=${line.step} line=${line} />`)}</ul>
    <${Curve} />`;
};
