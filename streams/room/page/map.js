// The map: areas by their real borders, where the room has files of them. What it tells is what
// tiles tell, and an area is pressed as a tile is.
//
// Borders are asked for once a level and kept while the page lives. An area without borders is a
// tile below the map; where the map cannot be had, all are.

import { get } from "./api.js";
import { Mark, Sit } from "./glyphs.js";
import { askedFor, fitOf, labelsOf, spotOf, walkOf } from "./mapping.js";
import { reachedBy } from "./expect.js";
import { choice, choose } from "./prefs.js";
import { openAt, picked, shown, wide } from "./scene.js";
import { candidate, focused, press } from "./stepping.js";
import { link, number, session, still, stillIn, t } from "./store.js";
import { COUNTED, Counts, Grid, Numbers, STILL, Still, Stopped } from "./tile.js";
import { entryOf, move, tileWords } from "./tile.js";
import { arrange } from "./tiles.js";
import { classes, computed, html, signal, useEffect, useRef, useState } from "./ui.js";

const PLAIN_COLUMNS = 5;

/** Whether whoever is here has chosen the map. */
const chosen = choice("picture", (text) => text === "map");

const hasBorders = computed(() => session.value?.borders?.includes(shown.value.level) ?? false);

/** Whether the picture is a map now. */
export const isMap = computed(() => chosen.value && hasBorders.value);

const show = (isChosen) => {
  chosen.value = isChosen;
  choose("picture", isChosen ? "map" : "tiles");
};

/** Tiles or map; nothing where there are no borders. */
export const Switch = () => {
  if (!hasBorders.value) return "";
  const Side = ({ name, is }) =>
    html`<button type="button" aria-pressed=${is === chosen.value} onClick=${() => show(is)}>
      ${t(`pic.view.${name}`)}</button>`;
  return html`<div class="seg" role="group" aria-label=${t("pic.view")}>
    <${Side} name="tiles" is=${false} /><${Side} name="map" is=${true} />
  </div>`;
};

/** What the server has answered: "level area" → drawing, or its state `asked` or `failed`. */
const drawings = signal(new Map());

const take = (key, found) => (drawings.value = new Map(drawings.peek()).set(key, found));

const fetchDrawing = async (asked) => {
  const key = `${asked.level} ${asked.area}`;
  const before = drawings.peek().get(key);
  if (before && before !== "failed") return;
  take(key, "asked");
  try {
    take(key, await get("/api/v1/borders", asked));
  } catch {
    // It is asked for again when the line is back, and whenever somebody comes to this level.
    take(key, "failed");
  }
};

/** Outlines of the areas that are shown, the other areas, and whether they could not be had. */
const drawn = computed(() => {
  const { level, area } = askedFor(shown.value);
  const found = drawings.value.get(`${level} ${area}`) ?? "asked";
  const outlines = new Map((found.areas ?? []).map((outline) => [outline.code, outline]));
  const own = shown.value.areas.filter(({ code }) => outlines.has(code));
  return {
    state: typeof found === "object" ? "here" : found,
    areas: own,
    outlines: own.map(({ code }) => outlines.get(code)),
    missing: shown.value.areas.filter(({ code }) => !outlines.has(code)),
  };
});

const contentOf = (area, counts) => ({
  name: area.name,
  word: area.colour && area.colour !== "hijau" ? t(`app.colour.${area.colour}`) : "",
  numbers: `${number(reachedBy(area.stages, "counting"))}/${number(area.tps)}`,
  silent: area.silent,
  marks: COUNTED.map((severity) => counts?.[severity]).filter(Boolean),
});

/** The area that has the focus, and whether it is to be framed; and the one that is pointed at. */
const look = signal(null);
const pointed = signal("");

/** What the pointer does to an area, or to its label, which may stand outside it. */
const pointing = (code) => ({
  onClick: () => press(code),
  onPointerEnter: () => (pointed.value = code),
  onPointerLeave: () => (pointed.value = ""),
});

const Label = ({ area, label, counts }) => {
  const place = { left: `${label.x}px`, top: `${label.y}px` };
  const word = area.colour && area.colour !== "hijau" && html`<${Sit} colour=${area.colour} />`;
  const isFull = label.form === "full";
  const hasWord = label.form === "named" || label.form === "marks";
  return html`<div class="mlabel" data-form=${label.form} style=${place} aria-hidden="true"
    ...${pointing(area.code)}>
    ${label.lines.map((line) => html`<b key=${line}>${line}</b>`)}
    ${isFull && html`<span class="ts">${word}<${Numbers} area=${area} /></span>`}
    <span class="al">${hasWord && word}${
      !isFull &&
      area.silent > 0 &&
      html`<span class="si"><i></i>${number(area.silent)}</span>`
    }<${Counts} counts=${counts} /></span>
  </div>`;
};


const clipOf = (code) => `border-${code.replaceAll(".", "-")}`;

const pressing = (event, code) => {
  look.value = { code, isRing: true }; // Also where a pointer had brought the focus.
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  press(code);
};

/** What stands still is strewn with the sign of it, whatever its label has room for. */
const Strewn = ({ code, box: [left, top, right, bottom] }) =>
  html`<rect class="mstill" x=${left} y=${top} width=${right - left} height=${bottom - top}
    clip-path=${`url(#${clipOf(code)})`} fill="url(#mstill)" pointer-events="none" />`;

const Area = ({ area, outline, isEntry }) => {
  const { code, colour } = area;
  const lookAt = (event) => {
    focused.value = code;
    look.value = { code, isRing: event.target.matches(":focus-visible") };
  };
  return html`<g class="marea" role="button" data-code=${code} data-c=${colour}
    tabindex=${isEntry ? 0 : -1} aria-pressed=${picked.value === code ? "true" : "false"}
    aria-label=${tileWords(area, openAt.value.get(code))} ...${pointing(code)}
    onKeyDown=${(event) => pressing(event, code)}
    onFocus=${lookAt} onBlur=${() => (look.value = null)}>
    <clipPath id=${clipOf(code)}><path d=${outline.path} clip-rule="evenodd" /></clipPath>
    <path class="mfill" d=${outline.path} />
    <path class="mband" d=${outline.path} clip-path=${`url(#${clipOf(code)})`}
      stroke=${colour === "kuning" ? "url(#mkuning)" : null} />
    ${stillIn(code).length > 0 && html`<${Strewn} ...${outline} />`}
    <path class="medge" d=${outline.path} />
  </g>`;
};

/** From a label that stands aside to its area. */
const Lead = ({ spot, label }) =>
  html`<g><line class="mlead" x1=${spot.x} y1=${spot.y} x2=${label.x} y2=${label.y} />
    <circle cx=${spot.x} cy=${spot.y} r="2.5" /></g>`;

/** What has no room on the map is told where the pointer is, else where the focus is. */
const Tip = ({ areas, spots, labels }) => {
  const code = pointed.value || look.value?.code;
  const at = areas.findIndex((area) => area.code === code);
  const area = areas[at];
  if (at < 0 || (labels.get(code)?.form === "full" && !stillIn(code).length)) return "";
  return html`<div class="mlabel mtip" aria-hidden="true"
    style=${{ left: `${spots[at].x}px`, top: `${spots[at].y}px` }}>
    <b>${area.name}</b>
    <span class="ts"><${Still} area=${area} />
      ${area.colour && html`<${Sit} colour=${area.colour} />`}<${Numbers} area=${area} /></span>
    <span class="al"><${Counts} counts=${openAt.value.get(code)} /></span>
  </div>`;
};

const Patterns = ({ scale }) =>
  html`<defs><pattern id="mstill" width="20" height="20" patternUnits="userSpaceOnUse"
    patternTransform=${`scale(${1 / scale})`}>
    <path d=${STILL} fill="none" stroke="currentColor" opacity=".6" />
  </pattern><pattern id="mkuning" width="7" height="7" patternUnits="userSpaceOnUse"
    patternTransform=${`scale(${1 / scale}) rotate(45)`}>
    <rect width="7" height="7" class="k0" /><rect width="2" height="7" class="k1" />
  </pattern></defs>`;

const Lines = ({ outlines }) => {
  const pathOf = (code) => outlines.find((outline) => outline.code === code)?.path;
  const marked = pathOf(candidate.value?.code);
  const ringed = look.value?.isRing && pathOf(look.value.code);
  return html`
    ${marked && html`<path class="msel" d=${marked} />`}
    ${ringed && html`<path class="mring" d=${ringed} /><path class="mring in" d=${ringed} />`}
  `;
};

const sized = (element, onSize) => {
  const tell = () => onSize({ width: element.clientWidth, height: element.clientHeight });
  const observer = new ResizeObserver(tell);
  observer.observe(element);
  tell();
  return () => observer.disconnect();
};

const Drawing = () => {
  const { areas, outlines } = drawn.value;
  const frame = useRef(null);
  const [size, onSize] = useState({ width: 0, height: 0 });
  useEffect(() => sized(frame.current, onSize), []);
  const fit = fitOf(outlines, size);
  const spots = outlines.map((outline, at) => ({
    ...spotOf(outline, fit),
    ...contentOf(areas[at], openAt.value.get(outline.code)),
  }));
  const labels = labelsOf(spots, size);
  const walk = walkOf(spots);
  const entry = entryOf(walk);
  return html`<div class="map" ref=${frame} role="group"
    aria-label=${t(`pic.grid.${shown.value.level}`)}
    onKeyDown=${(event) => move(event, walk, frame)}>
    ${
      size.width > 0 &&
      html`<svg width=${size.width} height=${size.height} style=${{ "--u": 1 / fit.scale }}>
        <${Patterns} scale=${fit.scale} />
        <g transform=${`translate(${fit.x} ${fit.y}) scale(${fit.scale})`}>
          ${outlines.map(
            (outline, at) =>
              html`<${Area} key=${outline.code} area=${areas[at]} outline=${outline}
                isEntry=${outline.code === entry} />`,
          )}
          <${Lines} outlines=${outlines} />
        </g>
        ${spots.map((spot) => {
          const label = labels.get(spot.code);
          return label?.isAside && html`<${Lead} key=${spot.code} spot=${spot} label=${label} />`;
        })}
      </svg>
      ${areas.map((area) => {
        const label = labels.get(area.code);
        return (
          label &&
          html`<${Label} key=${area.code} area=${area} label=${label}
            counts=${openAt.value.get(area.code)} />`
        );
      })}
      <${Tip} areas=${areas} spots=${spots} labels=${labels} />`
    }
  </div>`;
};

const Sample = ({ colour }) =>
  html`<span><i class="mswatch" data-c=${colour}></i>${t(`app.colour.${colour}`).toLowerCase()}
  </span>`;

const MapLegend = () =>
  html`<div class="leg" role="group" aria-label=${t("pic.legend")}><div>
    <span><span class="num">24/26</span> ${t("pic.map.counting")}</span>
    <span class="si"><i></i> ${t("pic.map.silent")}</span>
    ${still.value.size > 0 && html`<${Stopped} says=${t("app.still.sign")} />`}
    <span>${t("pic.map.alerts")}</span>
    ${COUNTED.map(
      (severity) =>
        html`<span key=${severity}><${Mark} severity=${severity} size=${15} />
          ${t(`app.severity.${severity}`).toLowerCase()}</span>`,
    )}
    <span class="sl">
      ${["hijau", "kuning", "merah"].map((colour) => html`<${Sample} key=${colour}
        colour=${colour} />`)}
      <span>${t("pic.issituation")}</span></span>
  </div></div>`;

/** The map, tiles of what has no borders, and what the signs mean. */
export const AreaMap = () => {
  const { level, area } = askedFor(shown.value);
  const { state, areas, missing } = drawn.value;
  const isLive = link.value === "live";
  useEffect(() => void fetchDrawing({ level, area }), [level, area, isLive]);
  if (state === "asked") return html`<p class="none">${t("app.loading")}</p>`;
  const unplaced = missing.map(({ code }) => ({ code, lat: null, lon: null }));
  const { at, columns } = arrange(unplaced, wide.value);
  const arranged = { at, columns: wide.value ? columns : Math.max(PLAIN_COLUMNS, columns) };
  const count = number(missing.length);
  const says = state === "failed" ? t("pic.map.failed") : t("pic.map.missing", { count });
  return html`
    ${areas.length > 0 && html`<${Drawing} />`}
    ${
      missing.length > 0 &&
      html`<div class=${classes("mrest", areas.length === 0 && "all")}>
        <p role=${state === "failed" ? "alert" : null}>${says}</p>
        <${Grid} areas=${missing} arranged=${arranged} label=${says} isPlain=${true} /></div>`
    }
    <${MapLegend} />`;
};
