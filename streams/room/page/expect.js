// How far the day is, and how far it should be: stages that TPS have reached, by count and by time.
// Pure.

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

/**
 * The two steps whose curves are drawn: opening and closing, until somebody counts or should.
 *
 * `curve` is as the server tells it: `{reached, expected}`, points `[ms, count]` by step.
 */
export const stepsShown = ({ reached, expected }, now) => {
  const begun = [...(reached.counting ?? []), ...(expected.counting ?? [])];
  return begun.some(([ms]) => ms <= now) ? ["counting", "counted"] : ["voting", "closed"];
};

/**
 * What was reached until `now`: `[[ms, count], …]`. At its end stands `count`, which the picture
 * tells now, if it is more: what the server has counted is up to a minute old, but knows of those
 * that are interrupted how far they had come.
 */
export const reachedCurve = (points = [], now, count) => {
  const past = points.filter(([ms]) => ms <= now);
  if (!past.length && !count) return [];
  const [first] = past[0] ?? [now];
  return [[first - MINUTE, 0], ...past, [now, Math.max(count, past.at(-1)?.[1] ?? 0)]];
};

/** What is expected, from the hour at which curves begin to the one at which they end. */
export const expectedCurve = (points = [], { from, to }) => {
  const before = points.filter(([ms]) => ms <= from).at(-1)?.[1] ?? 0;
  const within = points.filter(([ms]) => ms > from && ms <= to);
  if (!before && !within.length) return [];
  return [[from, before], ...within, [to, within.at(-1)?.[1] ?? before]];
};

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
