// What is done to reports at the triage desk: placed, confirmed, rejected. What somebody else has
// decided meanwhile is left as it is.
//
// A decision has no reverse, and one key gives it: it is held for a few seconds, in which it can be
// taken back. What a life may hang on is not held: a grave report goes at once, but to be rejected.

import { severities } from "./categories.js";
import { askReason } from "./dialogs.js";
import { isUrgent, placing } from "./sorting.js";
import { commandAll, link, onLogout, recallHeld, session, t, toast, triage } from "./store.js";
import { isOver, openRow } from "./triagerows.js";
import { effect, signal } from "./ui.js";

/** Command that was sent for a report, by the report's id: its way is shown beside it. */
export const sent = signal(new Map());
/** Category that somebody chose for a report: `{id, code}`. */
const category = signal({ id: "", code: "" });

/** Why a command may not be given; null: it may. */
export const whyNot = (kind) => {
  if (link.value === "offline") return t("alert.not_offline");
  if (!session.value?.may.includes(kind)) {
    return t("alert.not_role", { role: t(`alert.role.${session.value?.role}`) });
  }
  return null;
};

/** Those of the rows that may be decided so; who may not, or comes too late, is told so. */
const allowed = (kind, rows) => {
  const left = rows.filter((row) => !isOver(row));
  const why = whyNot(kind) ?? (left.length ? null : t("desk.triage.toolate"));
  if (why) toast(why, { kind: "refused" });
  return why ? [] : left;
};

const remember = (ids, commands) => {
  const next = new Map(sent.value);
  ids.forEach((id, index) => next.set(id, commands[index] ?? ""));
  sent.value = next;
};

/** The category that somebody chose for a report; empty: none. */
export const chosenCategory = (row) =>
  category.value.id === row.report.id ? category.value.code : "";

/** Choose a category for a report. */
export const chooseCategory = (row, code) => {
  category.value = { id: row.report.id, code };
};

const mayWait = (kind, rows) =>
  kind === "reject_report" ||
  !rows.some((row) => isUrgent(row, severities.value, chosenCategory(row)));

const giveAll = async (kind, rows, bodyOf) => {
  if (!rows.length) return;
  const ids = rows.map((row) => row.report.id);
  // Who decides the same anew, otherwise, has thought better of it.
  recallHeld((one) => one.kind === kind && ids.includes(one.fields.report));
  remember(ids, await commandAll(kind, rows.map(bodyOf), { held: mayWait(kind, rows) }));
};

/** Place reports at a code. */
export const place = (rows, code) =>
  giveAll("place_report", allowed("place_report", rows), (row) =>
    placing(row.report.id, code, chosenCategory(row)),
  );

/** Confirm a report. */
export const confirm = (row) =>
  giveAll("confirm_report", allowed("confirm_report", [row]), ({ report }) => ({
    report: report.id,
    category: chosenCategory(row) || undefined,
  }));

/** A report as the dialog names what it is about. */
const asked = ({ report, category }) => ({ id: report.id, title: category, place: report.area });

const titleOf = ([row, ...others]) =>
  others.length
    ? t("desk.triage.reject.title", { count: others.length + 1 })
    : t("desk.triage.reject.one", { id: row.report.id });

/** Reject reports, after asking why. */
export const reject = async (rows) => {
  const meant = allowed("reject_report", rows);
  if (!meant.length) return;
  const draft = { kind: "reject_report", ids: meant.map(({ report }) => report.id) };
  const options = { rows: meant.map(asked), needed: true, send: t("desk.triage.reject"), draft };
  const reason = await askReason(titleOf(meant), options);
  if (reason === null) return;
  // Somebody may have decided while the question stood.
  await giveAll("reject_report", allowed("reject_report", meant), ({ report }) => ({
    report: report.id,
    reason,
  }));
};

/** What keys do to the open report; to one that is decided they do nothing. */
export const deedsOfOpen = () => {
  const row = openRow.value;
  if (!row || isOver(row)) return {};
  const digits = Object.fromEntries(
    row.candidates.slice(0, 9).map(([code], index) => [index + 1, () => place([row], code)]),
  );
  return { ...digits, c: () => confirm(row), x: () => reject([row]) };
};

const isDecided = ({ fields: { report = "" } }) => isOver({ report: { id: report } });

effect(() => {
  triage.value; // Each time that somebody may have decided.
  if (recallHeld(isDecided)) toast(() => t("desk.triage.toolate"), { kind: "refused" });
});

onLogout(() => {
  sent.value = new Map();
  category.value = { id: "", code: "" };
});
