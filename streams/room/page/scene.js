// What the picture shows now, as signals: for the panel of the desk, the zoom and the wall alike.

import { belongsTo } from "./elections.js";
import { codeAt, openBy, middleOf, shownAt, tpsBy, wholeOf } from "./levels.js";
import { alerts, areas, current, elections, electionShown, filters } from "./store.js";
import { names, tps, zoom } from "./store.js";
import { arrange } from "./tiles.js";
import { computed, signal } from "./ui.js";

/** What somebody has stepped into; undefined: nobody has chosen. */
export const stepped = signal(undefined);

/** Open alerts by the code of every place that they lie in. */
export const openAt = computed(() => openBy(ofPicture(alerts.value)));

const ofPicture = (rows) => {
  const others = elections.value;
  if (!others.length) return rows;
  return new Map([...rows].filter(([, row]) => belongsTo(row, electionShown.value, others)));
};

/** The level, the area that it is within, and its areas. */
export const shown = computed(() =>
  shownAt(stepped.value, { areas: areas.value, zoom: zoom.value, names: names.value }),
);

/** TPS by the kecamatan, and by the desa, that they lie in. */
export const byKecamatan = computed(() => tpsBy("kecamatan", tps.value));
export const byDesa = computed(() => tpsBy("desa", tps.value));

const placesText = computed(() => {
  const placeOf = ({ code }) => ({ code, ...middleOf(byKecamatan.value.get(code) ?? []) });
  return JSON.stringify(shown.value.areas.map(placeOf));
});

const slim = globalThis.matchMedia?.("(max-width: 619px)");
/** Whether the picture is as narrow as a phone: higher than wide, without cells on its tiles. */
export const isSlim = signal(Boolean(slim?.matches));
slim?.addEventListener("change", (event) => (isSlim.value = event.matches));

const SLIM_WIDE = 0.4; // Three or four tiles beside each other have room for a name.
/** How much wider than high the picture is; undefined: as on a desk. */
export const wide = computed(() => (isSlim.value ? SLIM_WIDE : undefined));

/** Squares of the tiles. A text between them keeps them from being made anew each second. */
export const arranged = computed(() => arrange(JSON.parse(placesText.value), wide.value));

/** The tile that is marked: the one in which the queue's filter by area lies. */
export const picked = computed(() => codeAt(shown.value.level, filters.value.area));
export const pickedArea = computed(() =>
  shown.value.areas.find(({ code }) => code === picked.value),
);

/** The tile in which the queue's current row lies. */
export const currentArea = computed(() => {
  const place = alerts.value.get(current.value)?.place;
  return place && shown.value.areas.find(({ code }) => code === codeAt(shown.value.level, place));
});

/** What the numbers beside the tiles are of: a kabupaten, or all in sight as one. */
export const whole = computed(() => wholeOf(areas.value, zoom.value));
