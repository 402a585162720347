// The picture: where it happens. Tiles of equal area, cells of TPS, and the zoom into one
// kecamatan.
//
// A tile filters the queue by its area; pressed again, or with `g`, it opens. So the queue's filter
// by area and the tile that is marked are one thing, and clearing either clears both.

import { Cells, colourWord, countWords } from "./cell.js";
import { layoutFor } from "./drawing.js";
import { reachedBy } from "./expect.js";
import { Mark, Sit } from "./glyphs.js";
import { bound, onKeys } from "./keys.js";
import { Legend } from "./legend.js";
import { CELLS_UP_TO, outOf } from "./levels.js";
import {
  arranged,
  byKecamatan,
  currentArea,
  openAt,
  picked,
  pickedArea,
  shown,
  stepped,
} from "./scene.js";
import { areas, election, elections, electionShown, filters, number, t } from "./store.js";
import { zoomTo } from "./stream.js";
import { beside, isStep } from "./tiles.js";
import { classes, computed, html, signal, useEffect, useRef } from "./ui.js";
import { Zoomed } from "./zoomed.js";

/** The kecamatan that is opened; "": none is. */
const opened = signal("");
const focused = signal("");

/** What `g` opens: the marked tile, else that of the queue's current row. */
const candidate = computed(() => pickedArea.value ?? currentArea.value);
const openedArea = computed(() =>
  shown.value.level === "kecamatan"
    ? shown.value.areas.find(({ code }) => code === opened.value)
    : undefined,
);

/** The key that opens, as this person has it. */
const zoomKey = computed(() => bound.value.zoom.toUpperCase());

const filterBy = (area) => (filters.value = { ...filters.value, area });

const layout = computed(() => {
  if (shown.value.level !== "kecamatan" || shown.value.areas.length > CELLS_UP_TO) return null;
  return layoutFor(Math.max(1, ...shown.value.areas.map((area) => area.tps)));
});

const stepIn = (code) => {
  if (shown.value.level === "kecamatan") {
    opened.value = code;
    return;
  }
  if (shown.value.level === "kabupaten") zoomTo(code);
  stepped.value = code;
};

const press = (code) => {
  if (picked.value === code) stepIn(code);
  else filterBy(code);
};

/** Back by one step: from the zoom, from the mark, from the level. Tells whether there was one. */
const stepBack = () => {
  if (opened.value) opened.value = "";
  else if (filters.value.area) filterBy("");
  else {
    const out = outOf(shown.value, areas.value);
    if (out === null) return false;
    stepped.value = out;
  }
  return true;
};

const toggleZoom = () => {
  if (opened.value) opened.value = "";
  else if (candidate.value) stepIn(candidate.value.code);
  else return false;
  return true;
};

const COUNTED = ["critical", "high", "medium"];

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

/** A tile in words. */
export const tileWords = (area, counts) =>
  t("pic.tile", {
    name: area.name,
    colour: colourWord(area.colour),
    tps: number(area.tps),
    counting: number(reachedBy(area.stages, "counting")),
    silent: number(area.silent),
    alerts: countWords(counts) || t("pic.noalerts"),
  });

const Tile = ({ area, square, isEntry }) => {
  const counts = openAt.value.get(area.code);
  const isPicked = picked.value === area.code;
  const isMarked = candidate.value?.code === area.code;
  const place = { gridColumn: square.column + 1, gridRow: square.row + 1 };
  return html`<button type="button" class=${classes("tile", isMarked && "sel")}
    data-c=${area.colour} data-code=${area.code}
    style=${place} tabindex=${isEntry ? 0 : -1} aria-pressed=${isPicked} title=${area.name}
    onClick=${() => press(area.code)} onFocus=${() => (focused.value = area.code)}>
    <span class="th" aria-hidden="true"><b>${area.name}</b></span>
    <span class="tm" aria-hidden="true"><span class="ts">
      ${area.colour && html`<${Sit} colour=${area.colour} />`}
      <span class="num">${number(reachedBy(area.stages, "counting"))}/${number(area.tps)}</span>
      ${area.silent > 0 && html`<span class="si"><i></i>${number(area.silent)}</span>`}</span>
      </span>
    ${
      layout.value &&
      html`<${Cells} rows=${byKecamatan.value.get(area.code) ?? []} openAt=${openAt.value}
      layout=${layout.value} />`
    }
    <span class="al" aria-hidden="true"><${Counts} counts=${counts} /></span>
    <span class="vh">${tileWords(area, counts)}</span>
  </button>`;
};

const move = (event, grid) => {
  if (event.key === "Escape") {
    if (stepBack()) event.stopPropagation();
    return;
  }
  const code = event.target.dataset?.code;
  if (!code || !isStep(event.key)) return;
  event.preventDefault();
  const next = beside(arranged.value.at, code, event.key);
  grid?.current?.querySelector(`[data-code="${next}"]`)?.focus();
};

const Grid = () => {
  const grid = useRef(null);
  const { at, columns } = arranged.value;
  const { areas: tiles, level } = shown.value;
  const known = [focused.value, picked.value].find((code) => at.has(code));
  const entry = known ?? beside(at, "", "Home");
  return html`<div class=${classes("grid", !layout.value && "plain")} ref=${grid} role="group"
    aria-label=${t(`pic.grid.${level}`)} style=${{ "--columns": columns }}
    onKeyDown=${(event) => move(event, grid)}>
    ${tiles.map(
      (area) =>
        html`<${Tile} key=${area.code} area=${area} square=${at.get(area.code)}
          isEntry=${area.code === entry} />`,
    )}
  </div>`;
};

const levelWords = () => {
  const { level, areas: tiles } = shown.value;
  const says = t(`pic.says.${level}`, { count: number(tiles.length) });
  return layout.value ? `${says} · ${t("pic.says.cell")}` : says;
};

const Steps = () => {
  const out = outOf(shown.value, areas.value);
  const { areas: tiles, level } = shown.value;
  const back = t(`pic.back.${level}`, { count: number(tiles.length) });
  const name = candidate.value?.name;
  const zoomed = openedArea.value ? back : name && t("pic.open", { name });
  return html`
    ${
      !openedArea.value &&
      out !== null &&
      html`<button class="tb zoomb" onClick=${() => (stepped.value = out)}>${t("pic.out")}</button>`
    }
    ${
      zoomed &&
      html`<button class="tb zoomb" onClick=${toggleZoom}>${zoomed}<kbd>${zoomKey.value}</kbd>
      </button>`
    }
  `;
};

const Choice = ({ value, says }) =>
  html`<option value=${value} selected=${electionShown.value === value}>${says}</option>`;

/** Whose picture: only where several elections, or a drill, share a place. */
const Elections = () => {
  const others = elections.value;
  if (!others.length) return "";
  const isDrill = others.some((one) => one.drill && one.election === electionShown.value);
  const nameOfOther = (one) => (one.drill ? `${t("app.drill")}: ${one.election}` : one.election);
  return html`<label class=${classes("whose", isDrill && "drill")}>
    <span class="vh">${t("pic.election")}</span>
    <select onChange=${(event) => (election.value = event.target.value)}>
      <${Choice} value="" says=${t("pic.election.first")} />
      ${others.map(
        (one) =>
          html`<${Choice} key=${one.election} value=${one.election} says=${nameOfOther(one)} />`,
      )}
    </select></label>`;
};

/** The panel of the desk. */
export const Picture = () => {
  useEffect(() => onKeys({ zoom: toggleZoom }), []);
  return html`<header>
      <h2>${t("pic.title")}</h2><span class="m">${levelWords()}</span><${Elections} /><${Steps} />
    </header>
    ${
      shown.value.areas.length === 0
        ? html`<p class="none">${t("pic.none")}</p>`
        : openedArea.value
          ? html`<${Zoomed} area=${openedArea.value} onKeyDown=${(event) => move(event, null)} />`
          : html`<${Grid} />`
    }
    ${(layout.value || openedArea.value) && html`<${Legend} />`}`;
};
