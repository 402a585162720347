// The curve of the day, by uPlot: how many TPS have come to a step, and how many should have.
//
// The server counts it, so that it is whole whenever the page was opened; it is asked each minute.
// What is drawn is told in words too (`aria-label`), and its numbers stand in the bars above it.

import { get } from "./api.js";
import { aligned, expectedCurve, reachedBy, reachedCurve, spanOf, stepsShown } from "./expect.js";
import { whole } from "./scene.js";
import { electionShown, link, number, now, nowMs, t, theme, zone } from "./store.js";
import { clockIn } from "./time.js";
import { computed, html, signal, untracked, useEffect, useRef } from "./ui.js";
import UPlot from "./vendor/uplot.js";

const MINUTE = 60_000;
const NOTHING = { reached: {}, expected: {} };

/** Of which area and election the server has told what: `{of, curve}`. */
const told = signal({ of: "", curve: NOTHING });
const minute = computed(() => Math.floor(now.value / MINUTE));
const wanted = computed(() => `${whole.value.code}@${electionShown.value}`);
const isTold = computed(() => told.value.of === wanted.value);
const curve = computed(() => (isTold.value ? told.value.curve : NOTHING));
/** Without the server's word all would have come to their step just now. */
const isMissing = computed(() => !isTold.value && link.value === "offline");

const ask = async (of) => {
  const [area, election] = of.split("@");
  try {
    const found = await get("/api/v1/curve", { area, election });
    if (of === wanted.peek()) told.value = { of, curve: found };
  } catch {
    // What was told last stays; the next minute asks again, and the header says what is cut.
  }
};

const drawnAt = (at, area) => {
  const steps = stepsShown(curve.value, at);
  const reached = steps.map((step) =>
    reachedCurve(curve.value.reached[step], at, reachedBy(area.stages, step)),
  );
  const due = steps.map((step) => curve.value.expected[step] ?? []);
  const until = due.map((points) => points.filter(([ms]) => ms <= at));
  const span = spanOf([...reached, ...until], at);
  return { curves: [...reached, ...due.map((points) => expectedCurve(points, span))], span, steps };
};

const colourOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const axis = (values) => ({
  stroke: colourOf("--ink-2"),
  font: "12px 'Plex Cond', sans-serif",
  grid: { show: false },
  border: { show: true, stroke: colourOf("--line-2"), width: 1 },
  ticks: { stroke: colourOf("--line-2"), size: 3, width: 1 },
  gap: 3,
  values,
});

const HOUR_S = 3600;

const hoursBetween = (from, to) => {
  const every = Math.ceil((to - from) / HOUR_S / 6) * HOUR_S;
  const count = Math.floor((to - from) / every) + 1;
  return Array.from({ length: count }, (_, index) => from + index * every);
};

/** A count stays as it is until it changes. */
const line = { paths: UPlot.paths.stepped({ align: 1 }), points: { show: false } };

const optionsOf = (size, total, span) => ({
  ...size,
  padding: [6, 12, 0, 0],
  legend: { show: false },
  cursor: { show: false },
  scales: {
    x: { time: false, range: [span.from / 1000, span.to / 1000] },
    y: { range: [0, Math.max(1, total)] },
  },
  axes: [
    {
      ...axis((_, seconds) => seconds.map((each) => clockIn(each * 1000, zone.value).slice(0, 2))),
      splits: (_, __, from, to) => hoursBetween(from, to),
      size: 20,
    },
    { ...axis((_, counts) => counts.map(number)), splits: () => [0, Math.max(1, total)], size: 38 },
  ],
  series: [
    {},
    { ...line, stroke: colourOf("--ink"), width: 2.2 },
    { ...line, stroke: colourOf("--ink"), width: 1.4 },
    { ...line, stroke: colourOf("--stage"), width: 1.2, dash: [4, 3] },
    { ...line, stroke: colourOf("--stage"), width: 1.2, dash: [4, 3] },
  ],
});

const draw = (place, area) => {
  const { curves, span } = drawnAt(untracked(nowMs), area);
  if (!curves.some((each) => each.length)) return null;
  const [times, ...columns] = aligned(curves);
  const size = { width: place.clientWidth, height: place.clientHeight };
  const seconds = times.map((ms) => ms / 1000);
  return new UPlot(optionsOf(size, area.tps, span), [seconds, ...columns], place);
};

const wordsOf = ([first, second], area) =>
  t("pic.curve", {
    first: t(`pic.step.${first}`),
    count: number(reachedBy(area.stages, first)),
    second: t(`pic.step.${second}`),
    other: number(reachedBy(area.stages, second)),
    total: number(area.tps),
  });

/** Draw into a place, and anew when it has another size; gives how to stop. */
const shownIn = (place, area) => {
  const plot = draw(place, area);
  const watch = new ResizeObserver(() =>
    plot?.setSize({ width: place.clientWidth, height: place.clientHeight }),
  );
  watch.observe(place);
  return () => {
    watch.disconnect();
    plot?.destroy();
  };
};

/** The curve. It is drawn anew when a TPS has moved on, once a minute, and in other colours. */
export const Curve = () => {
  const place = useRef(null);
  const [of, at, state] = [wanted.value, minute.value, link.value];
  const area = whole.value;
  const { steps, curves } = drawnAt(untracked(nowMs), area);
  const counts = JSON.stringify(area.stages);
  useEffect(() => void ask(of), [of, at, state]);
  useEffect(
    () => (place.current ? shownIn(place.current, area) : undefined),
    [curve.value, isMissing.value, at, theme.value, state, counts, area.tps],
  );
  if (isMissing.value) return html`<p class="curve nothing">${t("pic.curve.missing")}</p>`;
  return html`<div class="curve" role="img" aria-label=${wordsOf(steps, area)}>
    <div class="plot" ref=${place}></div>
    <p class="key" aria-hidden="true"><span><i class="l2"></i>${t(`pic.step.${steps[0]}`)}</span>
      <span><i class="l1"></i>${t(`pic.step.${steps[1]}`)}</span>
      ${
        curves.slice(2).some((each) => each.length) &&
        html`<span><i class="ld"></i>${t("pic.expected")}</span>`
      }</p>
  </div>`;
};
