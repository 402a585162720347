// What each command asks before it is sent: one table for the queue, the phone and an alert's page.
// Each gives what goes into the command, or null where somebody thought better of it.

import { levelsFor } from "./acts.js";
import { get } from "./api.js";
import { askLevel, askPair, askReason, askUntil, askWhich } from "./dialogs.js";
import { senderOf } from "./ledger.js";
import { areas, t, toast, triage } from "./store.js";
import { clockOf } from "./time.js";

/** Reports at the desk that stand behind this alert. */
export const reportsOf = (row) =>
  [...triage.value.values()].filter(({ report }) => report.alert === row.id);

const NEEDED = ["resolve", "close_case"];

const titleFor = (act, rows, title) =>
  rows.length > 1
    ? t("queue.do.several", { command: t(`alert.do.${act.kind}`), count: rows.length })
    : title;

const draftFor = (act, rows) => ({ kind: act.command, ids: rows.map(({ id }) => id) });

const level = async (rows, act) => {
  if (!levelsFor(rows).length) {
    toast(() => t("queue.nolevel"), { kind: "refused" });
    return null;
  }
  const title = titleFor(act, rows, t("dialog.level"));
  return askLevel(title, rows, { draft: draftFor(act, rows) });
};

const until = (rows, act) =>
  askUntil(titleFor(act, rows, t("dialog.until")), rows, { draft: draftFor(act, rows) });

const reason = async (rows, act) => {
  const title = titleFor(act, rows, t(`dialog.reason.${act.kind}`));
  const draft = draftFor(act, rows);
  const needed = NEEDED.includes(act.kind);
  const send = t(`app.do.${act.command}`);
  const given = await askReason(title, { rows, needed, send, draft });
  return given === null ? null : { reason: given };
};

const note = async (rows, act) => {
  const label = t("dialog.note.text");
  const title = titleFor(act, rows, t("dialog.note"));
  const draft = draftFor(act, rows);
  const given = await askReason(title, { rows, needed: true, label, draft });
  return given === null ? null : { reason: given };
};

const stationWords = ({ polsek, minutes, free }) => {
  const key = minutes === null ? "dialog.pair.free" : "dialog.pair.near";
  return t(key, { polsek, minutes, free });
};

/** What the picture tells of the kabupaten, until the server has told who is near. */
const strengthOf = (row) => {
  const found = areas.value.get(row.place.slice(0, 5))?.strength ?? [];
  return found.map((one) => t("dialog.pair.free", { polsek: one.name, free: one.free ?? 0 }));
};

const nearOf = async (row) => {
  const { stations } = await get(`/api/v1/alerts/${encodeURIComponent(row.id)}`);
  return {
    strength: stations.length ? stations.map(stationWords) : strengthOf(row),
    pairs: stations.flatMap(({ pairs }) => pairs),
  };
};

const pair = ([row], act) =>
  askPair(row, { first: strengthOf(row), near: nearOf(row), draft: draftFor(act, [row]) });

/** Of those who were sent, and of nobody else. */
const sent = async ([row], act) => {
  const options = row.sent.map(([kind, name]) => ({
    value: name,
    label: `${t(`dialog.pair.${kind}`)} ${name}`,
  }));
  const more = { row, send: t("dialog.release.send"), draft: draftFor(act, [row]) };
  const found = await askWhich(t("dialog.release"), options, more);
  const [kind] = row.sent.find(([, name]) => name === found?.value) ?? [];
  return found && { [kind]: found.value, reason: found.reason };
};

const confirm = async ([row], act) => {
  if (act.command !== "confirm_report") {
    const officer = act.command === "confirm_identity" ? row.scope.code.split("/").at(-1) : "";
    const more = { rows: [row], draft: draftFor(act, [row]) };
    const given = await askReason(t(`dialog.${act.command}`), more);
    return given === null ? null : { officer, reason: given };
  }
  const options = reportsOf(row).map(({ report }) => ({
    value: report.id,
    label: `${senderOf(report.evidence)} · ${clockOf(report.evidence.at)}`,
    note: report.id,
  }));
  const found = await askWhich(t("dialog.confirm_report"), options, { row });
  return found && { report: found.value, reason: found.reason };
};

const ASKS = { level, until, pair, sent, reason, note, confirm };

/** Ask what must be asked of an act upon these alerts: what it gives, or null. */
export const asked = async (act, rows) => (act.asks ? ASKS[act.asks](rows, act) : {});
