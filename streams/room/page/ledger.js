// The arithmetic of an alert as lines that add up, and its evidence with all its times. Pure.

import { minutesSince, msOf } from "./time.js";

const LATE_MS = 120_000;

/**
 * Checks of a judgment, as `{text, value, threshold, gap, share, holds, isFact}`.
 *
 * `gap` is how far a figure is beyond what it was measured by, or short of it; null where one of
 * them is no figure. `share` is the figure as a part of the larger of both, for the bar.
 */
export const ledgerOf = (why, said = []) =>
  why.map((one, index) => {
    const [text, holds] = said[index] ?? [null, one.holds];
    const figures = [one.value, one.threshold].every((each) => typeof each === "number");
    const most = figures ? Math.max(Math.abs(one.value), Math.abs(one.threshold)) : 0;
    return {
      check: one.check,
      text,
      holds,
      value: one.value,
      threshold: one.threshold ?? null,
      isFact: isFact(one),
      gap: figures && !isFact(one) ? round(one.value - one.threshold) : null,
      share: most ? Math.abs(one.value) / most : 0,
      limit: most ? Math.abs(one.threshold) / most : 0,
    };
  });

const round = (value) => Math.round(value * 1e6) / 1e6;

/** Facts with two figures, of which neither is a threshold for the other. */
const PAIRS = ["officers_asked", "asks", "lends", "away", "dpt_final"];

/**
 * Whether a check is no condition but says what was found or measured: its *holds* tells nothing,
 * and a ✓ beside “short of 2 officers” would be read as “all is well”.
 */
const isFact = ({ check, threshold, holds }) =>
  PAIRS.includes(check) || ((threshold ?? null) === null && holds !== false);

/**
 * What would have been needed in another class: `{threshold, wouldFire}` of the score, or null.
 *
 * The more vulnerable are judged one level easier (contract §4): threshold − 1, not below 1. So
 * where the class made it easier, the ordinary threshold is one more.
 */
export const counterfactual = (ledger, tpsClass) => {
  const score = ledger.find((one) => one.check === "score");
  const eased = tpsClass === "sangat_rawan" || tpsClass === "khusus";
  if (!eased || !score || score.gap === null) return null;
  const threshold = score.threshold + 1;
  return { threshold, wouldFire: score.value >= threshold, short: round(threshold - score.value) };
};

/** Four characters that tell voices apart and say of nobody who it is (FNV-1a of the name). */
export const voiceOf = (source) => {
  let hash = 0x811c9dc5;
  for (const sign of source) hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0;
  return `#${hash.toString(16).padStart(8, "0").slice(0, 4)}`;
};

/** How a sender is called on the page: officers by their call sign, reporters never. */
export const senderOf = ({ topic, source = "" }) => {
  if (topic === "tps.status") return source;
  return source ? voiceOf(source) : "";
};

/** Minutes between what happened and its receipt, of what came late; 0: it did not. */
export const lateMinutes = (at, receivedAt) => {
  if (!receivedAt || msOf(receivedAt) - msOf(at) < LATE_MS) return 0;
  return minutesSince(msOf(at), msOf(receivedAt));
};

/**
 * Evidence with three times: `{number, topic, sender, role, at, receivedAt, late, led, channel,
 * weight, isRepeat, offset}`.
 *
 * `rows` is what the journal adds, in the same order; until it has come, a report at the desk tells
 * when it was received. `led` is the line that its record caused: what the judgment made of it, and
 * when.
 */
export const evidenceOf = (evidence, lines = [], reports = [], rows = []) =>
  evidence.map((one, index) => {
    const report = reports.find(
      ({ report: each }) => each.evidence.id === one.id && each.evidence.source === one.source,
    )?.report;
    const row = rows[index];
    const receivedAt = row?.received_at ?? report?.received_at ?? null;
    const led = one.offset ? lines.find(([line]) => line.cause === one.offset) : undefined;
    return {
      number: index + 1,
      topic: one.topic,
      sender: senderOf(one),
      role: row?.role ?? "",
      channel: report?.channel ?? "",
      at: one.at,
      receivedAt,
      late: lateMinutes(one.at, receivedAt),
      led: led ?? null,
      weight: row?.weight ?? null,
      isRepeat: row?.is_repeat ?? false,
      offset: one.offset ?? "",
    };
  });

/**
 * A step of the ladder is `told`, the one that was told `last`, `due` next, or `never` by itself.
 *
 * Gives `{own, others}`: the steps of the alert's own ladder, and who was told beside it.
 */
export const stepsOf = (told, ladder) => {
  const own = told.filter((one) => one.ladder === ladder);
  const last = own.findLastIndex((one) => one.at !== null);
  const standing = (one, index) => {
    if (one.at) return index === last ? "last" : "told";
    return one.due_at ? "due" : "never";
  };
  return {
    own: own.map((one, index) => ({ ...one, stands: standing(one, index) })),
    others: told
      .filter((one) => one.ladder !== ladder)
      .map((one) => ({ ...one, stands: one.at ? "told" : "never" })),
  };
};
