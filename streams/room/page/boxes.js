// Ballot boxes on their way with their minutes, and what waits at the triage desk.

import { boxNumbers, waitingBy } from "./figures.js";
import { bound } from "./keys.js";
import { codeAt } from "./levels.js";
import { whole } from "./scene.js";
import { nameOf, now, number, say, t, triage } from "./store.js";
import { hourOf } from "./time.js";
import { computed, html } from "./ui.js";

const QUARTER_MS = 15_000;

/** Moves four times a minute: whole minutes need no more. */
const quarter = computed(() => Math.floor(now.value / QUARTER_MS) * QUARTER_MS);

/** `Tanjung Herang 001`; of another kabupaten than the zoomed one what the box is told with. */
const titleOf = (box) => {
  const desa = codeAt("desa", box.tps);
  const name = nameOf(desa);
  return name === desa ? box.name : `${name} ${box.tps.slice(-3)}`;
};

const Box = ({ box, at }) => {
  const { minutes, limit, isLate, isAlone } = boxNumbers(box, at);
  const escorts = isAlone ? t("pic.alone") : t("pic.escorts", { count: box.escorts });
  return html`<li class=${isLate ? "late" : isAlone ? "noesc" : ""}>
    <b>${titleOf(box)}</b>
    <span class="num tm">${number(minutes)}${limit !== null && ` / ${number(limit)}`}${" "}
      <span class="m">${t("pic.minutes")}</span>
      ${isLate && html`<span class="vh">${t("pic.late")}</span>`}</span>
    <span class="esc">${nameOf(codeAt("kecamatan", box.tps))} · ${hourOf(box.left_at)} · <em>
    ${escorts}</em></span>
  </li>`;
};

/** Boxes on their way, the first due first. */
const Away = () => {
  const area = whole.value;
  const all = area.boxes ?? [];
  const away = area.boxes_away ?? all.length;
  const arrived = t("pic.boxes.in", { count: number(area.stages?.box_in ?? 0) });
  return html`<div class="pane">
    <h2>${t("pic.boxes")} <b class="num">${number(away)}</b> <span class="m">${arrived}</span></h2>
    ${all.length === 0 && html`<p class="none">${t("pic.boxes.none")}</p>`}
    <ul class="box" tabindex=${all.length > 3 ? 0 : null} aria-label=${t("pic.boxes")}>
      ${all.map((box) => html`<${Box} key=${box.box} box=${box} at=${quarter.value} />`)}</ul>
  </div>`;
};

const REASONS_SHOWN = 3;

const Reason = ({ says, count }) =>
  html`<li><span title=${says}>${says}</span><b class="num">${number(count)}</b></li>`;

/** The panel of the triage desk. */
export const TriageCounts = () => {
  const reasons = waitingBy([...triage.value.values()]);
  const waiting = reasons.reduce((sum, [, count]) => sum + count, 0);
  const rest = reasons.slice(REASONS_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  return html`<div class="pane p-tri">
    <h2><a href="/triage">${t("pic.triage")}</a>
      <b class="num"> ${number(waiting)}</b> <kbd>${bound.value.triage.toUpperCase()}</kbd></h2>
    <ul class="tri">
      ${reasons
        .slice(0, REASONS_SHOWN)
        .map(
          ([because, count]) =>
            html`<${Reason} key=${because.id} says=${say(because)} count=${count} />`,
        )}
      ${rest > 0 && html`<${Reason} says=${t("pic.triage.rest")} count=${rest} />`}
      ${waiting === 0 && html`<li><span>${t("pic.triage.none")}</span></li>`}
    </ul>
  </div>`;
};

/** Both, one above the other. */
export const Boxes = () => html`<${Away} /><${TriageCounts} />`;
