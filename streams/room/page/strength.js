// Who is there to be sent: each Polsek, what its officers do, and how many are asked for.

import { isShort, sharesOf } from "./figures.js";
import { whole } from "./scene.js";
import { number, t } from "./store.js";
import { classes, html } from "./ui.js";

const percent = (share) => `${(share * 100).toFixed(1)}%`;

const Polsek = ({ polsek }) => {
  const shares = sharesOf(polsek);
  const words = t("pic.polsek", { ...polsek });
  return html`<li class=${classes(isShort(polsek) && "over")}>
    <span title=${polsek.name}>${polsek.name}</span>
    <span class="st" role="img" aria-label=${words} title=${words}>
      <i class="f" style=${{ width: percent(shares.heard) }}></i>
      ${shares.missing > 0 && html`<i class="x" style=${{ width: percent(shares.missing) }}></i>`}
      <i class="a" style=${{ width: percent(shares.bound) }}></i>
      <i class="e" style=${{ width: percent(shares.escorting) }}></i>
      ${polsek.needed > 0 && html`<u style=${{ left: percent(shares.needed) }}></u>`}</span>
    <span class="num"><b>${number(polsek.free)}</b> <span class="m">/ ${number(polsek.needed)}
    </span></span>
  </li>`;
};

const Key = ({ hasMissing }) =>
  html`<p class="key">
    <span><i class="f"></i>${t("pic.free")}</span>
    ${hasMissing && html`<span><i class="x"></i>${t("pic.missing")}</span>`}
    <span><i class="a"></i>${t("pic.bound")}</span><span><i class="e"></i>${t("pic.escorting")}
    </span>
    <span><u></u>${t("pic.needed")}</span>
  </p>`;

/** The panel. Each Polsek keeps its place, short or not. */
export const Strength = () => {
  const all = whole.value.strength ?? [];
  const bko = all.reduce((sum, polsek) => sum + polsek.bko, 0);
  const lent = bko > 0 ? ` · ${t("pic.bko", { count: number(bko) })}` : "";
  return html`<h2>${t("pic.strength")} <span class="m">${t("pic.strength.of")}${lent}</span></h2>
    ${all.length === 0 && html`<p class="none">${t("pic.strength.none")}</p>`}
    <ul class="str" tabindex=${all.length > 8 ? 0 : null}>
      ${all.map((polsek, at) => html`<${Polsek} key=${`${polsek.name}/${at}`} polsek=${polsek} />`)}
      </ul>
    <${Key} hasMissing=${all.some(({ missing }) => missing > 0)} />`;
};
