// What the signs of a cell mean, drawn by the code of the cells: so it cannot tell another story.

import { Cell } from "./cell.js";
import { t } from "./store.js";
import { html } from "./ui.js";

const PLAIN = {
  stage: "counting",
  tps_class: "kurang_rawan",
  silent: false,
  raised: false,
  box: null,
};

const SAMPLES = [
  ["pic.stage.not_open", { stage: "not_open" }],
  ["pic.stage.voting", { stage: "voting" }],
  ["pic.stage.closed", { stage: "closed" }],
  ["pic.stage.counting", {}],
  ["pic.stage.counted", { stage: "counted" }],
  ["pic.stage.box_away", { stage: "box_away" }],
  ["pic.stage.box_in", { stage: "box_in" }],
  ["pic.stage.suspended", { stage: "suspended" }],
  ["pic.stage.postponed", { stage: "postponed" }],
  ["pic.silent", { silent: true }],
  ["pic.class.rawan", { tps_class: "rawan" }],
  ["pic.class.sangat_rawan", { tps_class: "sangat_rawan" }],
  ["pic.class.khusus", { tps_class: "khusus" }],
  ["pic.raised", { raised: true }],
];

const Sample = ({ name, tps, worst }) =>
  html`<span><${Cell} tps=${{ ...PLAIN, ...tps }} worst=${worst} width=${17} />${t(name)}</span>`;

/** The signs of a cell, and the three situation colours. */
export const Legend = () =>
  html`<div class="leg" role="group" aria-label=${t("pic.legend")}>
    <div>
      ${SAMPLES.map(([name, tps]) => html`<${Sample} key=${name} name=${name} tps=${tps} />`)}
      <${Sample} name="pic.alert.critical" worst="critical" />
      <${Sample} name="pic.alert.high" worst="high" />
      <span class="sl">
        ${["hijau", "kuning", "merah"].map(
          (colour) =>
            html`<i key=${colour} data-c=${colour}></i>${t(`app.colour.${colour}`).toLowerCase()}`,
        )}
        <span>${t("pic.issituation")}</span></span>
    </div>
  </div>`;
