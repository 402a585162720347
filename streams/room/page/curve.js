// The curve of the day, by uPlot: how many TPS have begun to count and have counted, over time.
//
// What is drawn is told in words too (`aria-label`), and its numbers stand in the bars above it.

import {
  aligned,
  curveOf,
  expectedCurve,
  newHistory,
  noteExpected,
  noteTps,
  spanOf,
} from "./expect.js";
import { whole } from "./scene.js";
import { link, number, now, nowMs, t, theme, tps, zone } from "./store.js";
import { clockIn } from "./time.js";
import { computed, effect, html, signal, untracked, useEffect, useRef } from "./ui.js";
import UPlot from "./vendor/uplot.js";

const MINUTE = 60_000;
const history = newHistory();
const DRAWN = ["counting", "counted"];

/** Moves when something was noted, and each minute. */
const noted = signal(0);
const minute = computed(() => Math.floor(now.value / MINUTE));

/** Begin to keep what the day reaches when, shown or not. Called once. */
export const startHistory = () =>
  effect(() => {
    const hasMoved = noteTps(history, tps.value);
    const isNew = noteExpected(history, whole.value.expected, untracked(nowMs));
    if (hasMoved || isNew) untracked(() => (noted.value += 1));
  });

const drawnAt = (at) => {
  const reached = DRAWN.map((step) => curveOf(history, step, at));
  const expected = DRAWN.map((step) => expectedCurve(history, step));
  return { curves: [...reached, ...expected], span: spanOf([...reached, ...expected], at) };
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
    { stroke: colourOf("--ink"), width: 2.2, points: { show: false } },
    { stroke: colourOf("--ink"), width: 1.4, points: { show: false } },
    { stroke: colourOf("--stage"), width: 1.2, dash: [4, 3], points: { show: false } },
    { stroke: colourOf("--stage"), width: 1.2, dash: [4, 3], points: { show: false } },
  ],
});

const draw = (place, total) => {
  const { curves, span } = drawnAt(untracked(nowMs));
  if (!curves.some((curve) => curve.length)) return null;
  const [times, ...columns] = aligned(curves);
  const size = { width: place.clientWidth, height: place.clientHeight };
  return new UPlot(optionsOf(size, total, span), [times.map((ms) => ms / 1000), ...columns], place);
};

/** Whether there is a line of what was expected, and not a point only. */
const hasExpected = () => DRAWN.some((step) => expectedCurve(history, step).length > 1);

const wordsOf = (total) => {
  const at = untracked(nowMs);
  const [counting, counted] = DRAWN.map((step) => curveOf(history, step, at).at(-1)?.[1] ?? 0);
  return t("pic.curve", {
    counting: number(counting),
    counted: number(counted),
    total: number(total),
  });
};

/** Draw into a place, and anew when it has another size; gives how to stop. */
const shownIn = (place, total) => {
  const plot = draw(place, total);
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
  const [seen, at, colours, state] = [noted.value, minute.value, theme.value, link.value];
  const total = whole.value.tps;
  useEffect(() => shownIn(place.current, total), [seen, at, colours, state, total]);
  return html`<div class="curve" role="img" aria-label=${wordsOf(total)}>
    <div class="plot" ref=${place}></div>
    <p class="key" aria-hidden="true"><span><i class="l2"></i>${t("pic.step.counting")}</span>
      <span><i class="l1"></i>${t("pic.step.counted")}</span>
      ${hasExpected() && html`<span><i class="ld"></i>${t("pic.expected")}</span>`}</p>
  </div>`;
};
