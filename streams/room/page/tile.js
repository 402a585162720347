// Tiles of equal area, with cells of TPS where they have room.

import { Cells, colourWord, countWords } from "./cell.js";
import { layoutFor } from "./drawing.js";
import { reachedBy } from "./expect.js";
import { Mark, Sit } from "./glyphs.js";
import { CELLS_UP_TO } from "./levels.js";
import { sinceOf } from "./link.js";
import { byKecamatan, isSlim, openAt, picked, shown } from "./scene.js";
import { candidate, escape, focused, press } from "./stepping.js";
import { number, stillIn, t } from "./store.js";
import { beside, isStep } from "./tiles.js";
import { classes, computed, html, useRef } from "./ui.js";

/** How cells stand in all tiles alike; null: they have no room. */
export const layout = computed(() => {
  if (shown.value.level !== "kecamatan" || isSlim.value) return null;
  if (shown.value.areas.length > CELLS_UP_TO) return null;
  return layoutFor(Math.max(1, ...shown.value.areas.map((area) => area.tps)));
});

/** Severities whose open alerts are counted on a tile. */
export const COUNTED = ["critical", "high", "medium"];

/** Open alerts of an area as marks with numbers; one that has no room in its mark stands beside. */
export const Counts = ({ counts, size = 19, severities = COUNTED }) =>
  severities
    .filter((severity) => counts?.[severity])
    .map((severity) => {
      const count = counts[severity];
      const says = count < 10 ? count : undefined;
      return html`<${Mark} key=${severity} severity=${severity} size=${size} says=${says} />${
        count >= 10 && html`<b class="num beside">${number(count)}</b>`
      }`;
    });

/** That an area stands still, or some within it; "": it goes on. */
const stillWords = (area) => {
  const found = stillIn(area.code);
  if (!found.length) return "";
  const says = area.kind === "provinsi" ? "app.still.within" : "app.still.area";
  return t(says, { count: number(found.length), since: sinceOf(found) });
};

/** An area in words. */
export const tileWords = (area, counts) => {
  const still = stillWords(area);
  const says = t("pic.tile", {
    name: area.name,
    colour: colourWord(area.colour),
    tps: number(area.tps),
    counting: number(reachedBy(area.stages, "counting")),
    silent: number(area.silent),
    alerts: countWords(counts) || t("pic.noalerts"),
  });
  return still ? `${says}; ${still}` : says;
};

/** The sign of what stands still, 10 by 10: it is not that of a TPS that is suspended. */
export const STILL = "M9 5a4 4 0 1 1-8 0 4 4 0 0 1 8 0M2.2 7.8 7.8 2.2";

/** The sign, and what it says: what else is shown here is old. */
export const Stopped = ({ says }) =>
  html`<b class="still"><svg viewBox="0 0 10 10" width="10" height="10" fill="none"
    stroke="currentColor" stroke-width="1.6"><path d=${STILL} /></svg> ${says}</b>`;

/** The same where an area stands still, or so many within it; `isBare`: there is no room to say. */
export const Still = ({ area, isBare }) => {
  const found = stillIn(area.code);
  if (!found.length) return "";
  const count = area.kind === "provinsi" ? `${number(found.length)} ` : "";
  return html`<${Stopped} says=${isBare ? "" : `${count}${t("app.still.sign")}`} />`;
};

/** How many TPS count or have counted, of how many; and how many are silent. */
export const Numbers = ({ area }) =>
  html`<span class="num">${number(reachedBy(area.stages, "counting"))}/${number(area.tps)}</span>
    ${area.silent > 0 && html`<span class="si"><i></i>${number(area.silent)}</span>`}`;

const Tile = ({ area, square, isEntry, hasCells }) => {
  const counts = openAt.value.get(area.code);
  const isPicked = picked.value === area.code;
  const isMarked = candidate.value?.code === area.code;
  const still = stillWords(area);
  const place = { gridColumn: square.column + 1, gridRow: square.row + 1 };
  return html`<button type="button" class=${classes("tile", isMarked && "sel")}
    data-c=${area.colour} data-code=${area.code}
    style=${place} tabindex=${isEntry ? 0 : -1} aria-pressed=${isPicked}
    title=${still ? `${area.name}: ${still}` : area.name}
    onClick=${() => press(area.code)} onFocus=${() => (focused.value = area.code)}>
    <span class="th" aria-hidden="true"><b>${area.name}</b></span>
    <span class="tm" aria-hidden="true"><span class="ts">
      <${Still} area=${area} isBare=${hasCells} />
      ${area.colour && html`<${Sit} colour=${area.colour} />`}
      <${Numbers} area=${area} /></span>
      </span>
    ${
      hasCells &&
      html`<${Cells} rows=${byKecamatan.value.get(area.code) ?? []} openAt=${openAt.value}
      layout=${layout.value} />`
    }
    <span class="al" aria-hidden="true"><${Counts} counts=${counts} /></span>
    <span class="vh">${tileWords(area, counts)}</span>
  </button>`;
};

/** What a key does in a group whose buttons stand `at` these places. */
export const move = (event, at, group) => {
  escape(event);
  const code = event.target.closest?.("[data-code]")?.dataset.code;
  if (!code || !isStep(event.key)) return;
  event.preventDefault();
  const next = beside(at, code, event.key);
  group.current?.querySelector(`[data-code="${next}"]`)?.focus();
};

/** Where Tab leads to in a group: to the last focus, else the marked one, else the first. */
export const entryOf = (at) =>
  [focused.value, picked.value].find((code) => at.has(code)) ?? beside(at, "", "Home");

/** Tiles of areas, as they are `arranged`; `isPlain`: without cells, whatever room there is. */
export const Grid = ({ areas, arranged, label, isPlain = false }) => {
  const grid = useRef(null);
  const hasCells = Boolean(layout.value) && !isPlain;
  const { at, columns } = arranged;
  const entry = entryOf(at);
  return html`<div class=${classes("grid", !hasCells && "plain")} ref=${grid} role="group"
    aria-label=${label} style=${{ "--columns": columns }}
    onKeyDown=${(event) => move(event, at, grid)}>
    ${areas.map(
      (area) =>
        html`<${Tile} key=${area.code} area=${area} square=${at.get(area.code)}
          isEntry=${area.code === entry} hasCells=${hasCells} />`,
    )}
  </div>`;
};
