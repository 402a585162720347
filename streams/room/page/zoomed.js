// One kecamatan, opened: its desa, and each TPS with its number. Here a TPS is big enough to press.

import { Cell, cellWords } from "./cell.js";
import { keyOf } from "./elections.js";
import { Sit } from "./glyphs.js";
import { areasWithin, worstOf } from "./levels.js";
import { byDesa, openAt } from "./scene.js";
import { areas, number, t } from "./store.js";
import { html } from "./ui.js";

const Tps = ({ row }) => {
  const counts = openAt.value.get(row.code);
  const last = row.code.slice(-3);
  const words = `TPS ${last}: ${cellWords(row, counts)}`;
  return html`<li>
    <a href=${`/tps/${encodeURIComponent(keyOf(row))}`} title=${words}>
      <${Cell} tps=${row} worst=${worstOf(counts)} />
      <span class="num" aria-hidden="true">${last}</span>
      <span class="vh">${words}</span></a>
  </li>`;
};

const Desa = ({ area }) =>
  html`<li>
    <span class="dn"><b>${area.name}</b><span class="code">.${area.code.slice(9)}</span></span>
    <ul aria-label=${area.name}>
      ${(byDesa.value.get(area.code) ?? []).map((row) => html`<${Tps} key=${row.code}
        row=${row} />`)}
    </ul>
  </li>`;

/** The desa of a kecamatan with their TPS. */
export const Zoomed = ({ area, onKeyDown }) => {
  const desa = areasWithin(areas.value, "desa", area.code);
  return html`<div class="zoom" tabindex="-1" role="group" aria-label=${area.name}
    onKeyDown=${onKeyDown}>
    <header><h3>${area.name} <span class="code">${area.code}</span>${" "}
      ${area.colour && html`<${Sit} colour=${area.colour} />`}</h3>
      <span class="m">${t("pic.desa", { tps: number(area.tps), desa: number(desa.length) })}</span>
      </header>
    <ul>${desa.map((each) => html`<${Desa} key=${each.code} area=${each} />`)}</ul>
  </div>`;
};
