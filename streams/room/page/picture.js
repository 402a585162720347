// The picture: where it happens. Tiles of equal area, or a map where there are borders, and the
// zoom into one kecamatan.

import { bound, onKeys } from "./keys.js";
import { Legend } from "./legend.js";
import { outOf } from "./levels.js";
import { AreaMap, Switch, isMap } from "./map.js";
import { arranged, shown } from "./scene.js";
import { candidate, escape, openedArea, stepOut, toggleZoom } from "./stepping.js";
import { areas, election, elections, electionShown, number, t } from "./store.js";
import { Grid, layout } from "./tile.js";
import { classes, computed, html, useEffect, useLayoutEffect } from "./ui.js";
import { mendIn } from "./ways.js";
import { Zoomed } from "./zoomed.js";

export { Counts, Still, tileWords } from "./tile.js";

/** The key that opens, as this person has it. */
const zoomKey = computed(() => bound.value.zoom.toUpperCase());

const levelWords = () => {
  const { level, areas: tiles } = shown.value;
  const count = number(tiles.length);
  if (isMap.value) return t(`pic.map.says.${level}`, { count });
  const says = t(`pic.says.${level}`, { count });
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
      html`<button class="tb zoomb" onClick=${stepOut}>${t("pic.out")}</button>`
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

const Body = () => {
  const { areas: tiles, level } = shown.value;
  if (tiles.length === 0) return html`<p class="none">${t("pic.none")}</p>`;
  if (openedArea.value) return html`<${Zoomed} area=${openedArea.value} onKeyDown=${escape} />`;
  if (isMap.value) return html`<${AreaMap} />`;
  const label = t(`pic.grid.${level}`);
  return html`<${Grid} areas=${tiles} arranged=${arranged.value} label=${label} />`;
};

/** Whoever steps in or out by keys is in what has been drawn instead. */
const useFocus = () => {
  const { level, code } = shown.value;
  const within = openedArea.value?.code ?? "";
  useLayoutEffect(() => {
    const panel = document.querySelector(".pic");
    mendIn(panel, () => panel.querySelector(".zoom, [data-code][tabindex='0']"));
  }, [level, code, within]);
};

/** The panel of the desk. */
export const Picture = () => {
  useFocus();
  useEffect(() => onKeys({ zoom: toggleZoom }), []);
  const hasCells = openedArea.value || (layout.value && !isMap.value);
  return html`<header>
      <h2>${t("pic.title")}</h2>${!openedArea.value && html`<${Switch} />`}
      <span class="m">${levelWords()}</span><${Elections} /><${Steps} />
    </header>
    <${Body} />
    ${hasCells && html`<${Legend} />`}`;
};
