// The cell of a TPS, drawn: alone with its number, or all of a tile in one drawing.

import { CELL, CHANNELS, cellOf, drawingOf } from "./drawing.js";
import { worstOf } from "./levels.js";
import { has, t } from "./store.js";
import { html, useRef } from "./ui.js";

const Paths = ({ paths }) =>
  CHANNELS.map(
    (channel) =>
      paths[channel] && html`<path key=${channel} class=${`c-${channel}`} d=${paths[channel]} />`,
  );

const isSame = (one, other) =>
  one.worst === other.worst &&
  one.layout.pitch === other.layout.pitch &&
  one.layout.columns === other.layout.columns &&
  one.rows.length === other.rows.length &&
  one.rows.every((row, index) => row === other.rows[index]);

/** The paths of a tile; drawn anew only when something of this tile has changed. */
const useDrawing = (rows, openAt, layout) => {
  const drawn = useRef(null);
  const worst = rows.map((row) => worstOf(openAt.get(row.code))).join();
  const wanted = { rows, worst, layout };
  if (!drawn.current || !isSame(drawn.current, wanted)) {
    const paths = drawingOf(rows, (code) => worstOf(openAt.get(code)), layout);
    drawn.current = { ...wanted, paths };
  }
  return drawn.current.paths;
};

/**
 * All TPS of a tile; `openAt` counts open alerts by code, `layout` is that of the whole picture.
 */
export const Cells = ({ rows, openAt, layout }) => {
  const paths = useDrawing(rows, openAt, layout);
  return html`<svg class="cells" viewBox="0 0 152 110" preserveAspectRatio="xMinYMin meet"
    aria-hidden="true"><${Paths} paths=${paths} /></svg>`;
};

/** One TPS with the room that its ring, dots and mark need. */
export const Cell = ({ tps, worst, width = 32 }) =>
  html`<svg class="cells" width=${width} height=${width * 1.2} viewBox="0 0 19 22.8"
    aria-hidden="true"><${Paths} paths=${cellOf(tps, worst, 3.5, 7, CELL)} /></svg>`;

/** What a cell says, in words: for those who do not see it, and for the pointer. */
export const cellWords = (tps, counts) => {
  const words = [t(`pic.stage.${tps.stage}`)];
  if (tps.box) words.push(t(`pic.box.${tps.box}`));
  if (tps.silent) words.push(t("pic.silent"));
  if (tps.tps_class !== "kurang_rawan") words.push(t(`pic.class.${tps.tps_class}`));
  if (tps.raised) words.push(t("pic.raised"));
  const alerts = countWords(counts);
  if (alerts) words.push(t("pic.alerts", { alerts }));
  return words.join(", ");
};

/** `1 kritis, 3 tinggi`: open alerts by severity, the worst first; "" where there is none. */
export const countWords = (counts) =>
  ["critical", "high", "medium", "low"]
    .filter((severity) => counts?.[severity])
    .map((severity) => `${counts[severity]} ${t(`app.severity.${severity}`).toLowerCase()}`)
    .join(", ");

/** The word of a situation colour; of none, that nobody has told one. */
export const colourWord = (colour) =>
  colour && has(`app.colour.${colour}`) ? t(`app.colour.${colour}`) : t("pic.nocolour");
