// What a person can order of an alert, and why not. Pure.
//
// The table of life stands in `streams.alerts.lifecycle`, roles in `streams.alerts.authority`: the
// fold decides, and the server has told in `row.may` what it would let through. Here is only which
// buttons there are, and the sentence beside one that is struck out. A button never vanishes
// because it is forbidden: who looks for it must learn why it is not there to press.

const OPEN = ["unacknowledged", "acknowledged", "returned", "shelved", "inhibited"];
const MINUTE = 60_000;

/**
 * Of each command: the act of `keys.js` whose key is its own, what it asks for, and the states in
 * which it means something. “Confirm” has a key of its own, `c`.
 */
export const ACTS = [
  { kind: "ack", key: "ack", asks: "", states: ["unacknowledged", "returned"] },
  { kind: "unack", key: "unack", asks: "reason", states: ["acknowledged"] },
  { kind: "escalate", key: "escalate", asks: "level", states: ["unacknowledged", "acknowledged"] },
  { kind: "dispatch", key: "dispatch", asks: "pair", states: OPEN },
  { kind: "release", key: "", asks: "sent", states: OPEN },
  { kind: "confirm", key: "", asks: "confirm", states: OPEN },
  { kind: "note", key: "note", asks: "note", states: [...OPEN, "resolved"] },
  { kind: "resolve", key: "resolve", asks: "reason", states: OPEN },
  { kind: "shelve", key: "shelve", asks: "until", states: OPEN },
  { kind: "unshelve", key: "shelve", asks: "", states: ["shelved"] },
  { kind: "reopen", key: "", asks: "reason", states: ["returned", "resolved"] },
  { kind: "close_case", key: "", asks: "reason", states: OPEN },
];

/** Commands of which each alert needs its own: one pair cannot be sent to eight places. */
export const ONE_ONLY = ["dispatch", "release", "confirm"];

/** Commands that mean nothing in the other states, so their buttons are not shown there. */
const ONLY_THEN = ["ack", "unack", "unshelve", "reopen"];
/** Ladders of alerts that somebody else keeps a case of, which can be closed. */
const CASES = ["GAK", "PROP"];

/** What “confirm” orders of this alert: a person, a seal, or one of its reports; null: nothing. */
export const confirmOf = (row, reports = []) => {
  const [kind, name = ""] = row.scope.code.split(/:(.*)/s);
  const inKabupaten = name.slice(name.indexOf("/") + 1);
  if (kind === "officer") return { command: "confirm_identity", officer: inKabupaten };
  if (kind === "box") return { command: "confirm_seal" };
  const found = reports.filter((one) => one.report.alert === row.id && waits(one.report));
  return found.length ? { command: "confirm_report", reports: found } : null;
};

/** Whether a report may still be placed, confirmed or rejected by somebody. */
export const waits = (report) => report.status === "open" || report.status === "placed";

/** Names of the levels above the one that was told, from the next one up. */
export const levelsAbove = (row) => {
  const told = row.levels.findIndex((level) => level.code === row.level);
  return row.levels.slice(told + 1);
};

/** Names of the levels above that several alerts all have. */
export const levelsFor = ([first, ...others]) =>
  levelsAbove(first).filter(({ code }) =>
    others.every((row) => levelsAbove(row).some((level) => level.code === code)),
  );

/** The longest time in minutes for which all of these can be shelved. Source: contract §5. */
export const shelfMax = (rows) => (rows.some((row) => row.severity === "critical") ? 15 : 60);

/** Lengths that are offered for shelving, in minutes. */
export const shelfChoices = (rows) =>
  [5, 10, 15, 30, 45, 60].filter((minutes) => minutes <= shelfMax(rows));

/** The next whole minute after a moment: what is ordered until then never falls short. */
export const shelfEnd = (nowMs, minutes) => Math.floor((nowMs + minutes * MINUTE) / 1000) * 1000;

/**
 * The buttons of an alert, in their order: `{kind, key, asks, command, isOpen, because}`.
 *
 * `because` is `[key of a text, its values]`, null of what may be done. `around` is
 * `{session, link, reports}`.
 */
export const actsOf = (row, around) =>
  ACTS.filter((act) => isShown(act, row, around)).map((act) => stood(act, row, around));

/** One act as it stands for an alert, whether it has a button there or not. */
export const actOf = (kind, row, around) =>
  stood(
    ACTS.find((act) => act.kind === kind),
    row,
    around,
  );

const stood = (act, row, around) => {
  const because = whyNot(act, row, around);
  return { ...act, command: commandOf(act, row, around), isOpen: because === null, because };
};

const commandOf = (act, row, around) =>
  act.kind === "confirm" ? confirmOf(row, around.reports)?.command : act.kind;

const isShown = (act, row, around) => {
  if (ONLY_THEN.includes(act.kind) && !act.states.includes(row.state)) return false;
  if (act.kind === "ack" && row.state === "acknowledged") return false;
  if (act.kind === "shelve" && row.state === "shelved") return false;
  if (act.kind === "confirm") return confirmOf(row, around.reports) !== null;
  if (act.kind === "close_case") return CASES.includes(row.ladder) && may(around, act.kind);
  // Whom nobody has sent nobody can release.
  const hasSent = OPEN.includes(row.state) && (row.sent ?? []).length > 0;
  return act.kind !== "release" || (hasSent && may(around, act.kind));
};

const may = ({ session }, command) => session?.may.includes(command) ?? false;

const whyNot = (act, row, { session, link, reports }) => {
  const command = commandOf(act, row, { reports });
  if (link === "offline") return ["alert.not_offline", {}];
  if (!may({ session }, command)) return ["alert.not_role", { role: session?.role ?? "" }];
  if (!act.states.includes(row.state)) return ["alert.not_state", { state: row.state }];
  if (act.kind === "escalate" && !levelsAbove(row).length) return ["alert.not_top", {}];
  if (act.kind === "shelve" && row.severity === "critical" && session.role !== "commander") {
    return ["alert.not_critical", {}];
  }
  // Reports are no alerts: what may be done to them is not told with the row.
  if (command === "confirm_report" || row.may.includes(command)) return null;
  return ["alert.not_here", {}];
};

/** What a key means to these: what is shelved already is woken by the key that shelves. */
export const kindFor = (kind, rows) =>
  kind === "shelve" && rows.every((row) => row.state === "shelved") ? "unshelve" : kind;

/** The body of a command, of what a dialog gave back. */
export const bodyOf = (act, row, given = {}) => {
  const filled = Object.entries(given).filter(([, value]) => value !== "" && value != null);
  const target = act.command === "confirm_report" ? {} : { alert: row.id };
  return { ...target, ...Object.fromEntries(filled) };
};
