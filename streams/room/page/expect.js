// How far the day is, and how far it should be: stages that TPS have reached, by count and by time.
// Pure.
//
// The picture says of each TPS only its stage and since when. So the page keeps for itself when
// each TPS was first known to have reached each stage. Of a stage that was passed before the page
// was opened the moment is not known, only that it was no later than the next one: the curve is
// then a little late, never early.

import { msOf } from "./time.js";

/** What is counted, in the order of the day. */
export const STEPS = ["voting", "closed", "counting", "counted", "box_away", "box_in"];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPAN_HOURS_MIN = 4;

const stepOf = (stage) => STEPS.indexOf(stage === "suspended" ? "voting" : stage);

/** How many TPS stand at `step` or beyond. Interrupted ones have begun; put off ones have not. */
export const reachedBy = (stages, step) =>
  Object.entries(stages).reduce(
    (sum, [stage, count]) => (stepOf(stage) >= STEPS.indexOf(step) ? sum + count : sum),
    0,
  );

/**
 * A line for each step: `{step, count, total, share, expected, expectedShare, gap}`.
 *
 * `expected` and `gap` are null where the rules of the day give no deadline for the step.
 */
export const progressOf = (area) =>
  STEPS.map((step) => {
    const count = reachedBy(area.stages, step);
    const expected = area.expected?.[step] ?? null;
    const share = (value) => (area.tps ? Math.min(1, value / area.tps) : 0);
    return {
      step,
      count,
      total: area.tps,
      share: share(count),
      expected,
      expectedShare: expected === null ? null : share(expected),
      gap: expected === null ? null : count - expected,
    };
  });

/** Whether a step is so far behind that it should be seen: more than one in fifty of all TPS. */
export const isBehind = ({ gap, total }) => gap !== null && gap < 0 && -gap * 50 > total;

/** Begin to keep times: of nothing yet. */
export const newHistory = () => ({ seen: new Map(), reached: new Map(), expected: new Map() });

/**
 * Note what the TPS tell now; gives whether any of them has moved.
 *
 * Who has fallen back, because a status was corrected, is set back.
 */
export const noteTps = (history, tps) => {
  let moved = 0;
  for (const code of history.seen.keys()) if (!tps.has(code)) moved += forget(history, code);
  for (const row of tps.values()) {
    if (history.seen.get(row.code) === row) continue;
    const before = history.reached.get(row.code);
    const times = timesOf(row, before ?? []);
    history.seen.set(row.code, row);
    history.reached.set(row.code, times);
    if (String(before) !== String(times)) moved += 1;
  }
  return moved > 0;
};

const forget = ({ seen, reached }, code) => {
  seen.delete(code);
  return reached.delete(code) ? 1 : 0;
};

const timesOf = (row, before) => {
  const last = stepOf(row.suspended ? (row.suspended_stage ?? row.stage) : row.stage);
  const at = msOf(row.stage_at);
  if (at === null) return before.slice(0, last + 1);
  return STEPS.slice(0, last + 1).map((_, step) => Math.min(before[step] ?? Infinity, at));
};

/** Note what should have been reached at `now`, once a minute; gives whether the minute is new. */
export const noteExpected = (history, expected, now) => {
  if (!expected) return false;
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const isNew = !history.expected.has(minute);
  history.expected.set(minute, expected);
  return isNew;
};

/**
 * The curve of one step until `now`: `[[ms, count], …]`, a point a minute at which it changes.
 */
export const curveOf = (history, step, now) => {
  const index = STEPS.indexOf(step);
  const perMinute = new Map();
  for (const times of history.reached.values()) {
    if (!(times[index] <= now)) continue;
    const minute = Math.ceil(times[index] / MINUTE) * MINUTE;
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  let sum = 0;
  const points = [...perMinute].sort(([one], [other]) => one - other);
  const curve = points.map(([minute, count]) => [Math.min(minute, now), (sum += count)]);
  return curve.length ? [[curve[0][0] - MINUTE, 0], ...curve, [now, sum]] : [];
};

/** The curve of what was expected of a step: `[[ms, count], …]`. */
export const expectedCurve = (history, step) =>
  [...history.expected]
    .filter(([, expected]) => expected[step] !== undefined)
    .sort(([one], [other]) => one - other)
    .map(([minute, expected]) => [minute, expected[step]]);

/** From which to which whole hour curves are drawn, so that `now` stands at two thirds at least. */
export const spanOf = (curves, now) => {
  const starts = curves.filter((curve) => curve.length).map(([[ms]]) => ms);
  const first = Math.min(now - HOUR, ...starts);
  const from = Math.floor(first / HOUR) * HOUR;
  const last = Math.max(now + HOUR, from + SPAN_HOURS_MIN * HOUR);
  return { from, to: Math.ceil(last / HOUR) * HOUR };
};

/**
 * Curves on one axis of time, as uPlot wants them: `[times, values…]`, null where there is none.
 */
export const aligned = (curves) => {
  const all = curves.flatMap((curve) => curve.map(([ms]) => ms));
  const times = [...new Set(all)].sort((one, other) => one - other);
  const columns = curves.map((curve) => {
    const own = new Map(curve);
    let last = null;
    const end = curve.at(-1)?.[0] ?? -Infinity;
    return times.map((ms) => {
      if (own.has(ms)) last = own.get(ms);
      return ms <= end ? last : null;
    });
  });
  return [times, ...columns];
};
