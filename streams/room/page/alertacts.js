// The bar of what can be done to an alert, and how each command stands.

import { actsOf, bodyOf } from "./acts.js";
import { askLevel, askPair, askReason, askUntil, askWhich } from "./dialogs.js";
import { bound, keysOn } from "./keys.js";
import { Button, Standing } from "./signs.js";
import { areas, command, link, pendingOf, say, session, t, triage } from "./store.js";
import { senderOf } from "./ledger.js";
import { clockOf } from "./time.js";
import { html } from "./ui.js";

/** Reports at the desk that stand behind this alert. */
export const reportsOf = (row) =>
  [...triage.value.values()].filter(({ report }) => report.alert === row.id);

const NEEDED = ["resolve", "close_case"];

const nearby = { stations: [] };

/** Whom one can send to the alert that is shown: Polsek with their way, free officers and pairs. */
export const holdStations = (stations = []) => {
  nearby.stations = stations;
};

const stationWords = ({ polsek, minutes, free }) => {
  const key = minutes === null ? "dialog.pair.free" : "dialog.pair.near";
  return t(key, { polsek, minutes, free });
};

const strengthOf = (row) => {
  if (nearby.stations.length) return nearby.stations.map(stationWords);
  const found = areas.value.get(row.place.slice(0, 5))?.strength ?? [];
  return found.map((one) => t("dialog.pair.free", { polsek: one.name, free: one.free ?? 0 }));
};

const reasonFor = async (row, act) => {
  const title = t(`dialog.reason.${act.kind}`);
  const given = await askReason(title, { row, needed: NEEDED.includes(act.kind) });
  return given === null ? null : { reason: given };
};

const noteFor = async (row) => {
  const given = await askReason(t("dialog.note"), {
    row,
    needed: true,
    label: t("dialog.note.text"),
  });
  return given === null ? null : { reason: given };
};

const pairFor = (row) =>
  askPair(row, {
    strength: strengthOf(row),
    pairs: nearby.stations.flatMap(({ pairs }) => pairs),
  });

/** Of those who were sent, and of nobody else. */
const sentFor = async (row) => {
  const options = row.sent.map(([kind, name]) => ({
    value: name,
    label: `${t(`dialog.pair.${kind}`)} ${name}`,
  }));
  const send = t("dialog.release.send");
  const found = await askWhich(t("dialog.release"), options, { row, send });
  const [kind] = row.sent.find(([, name]) => name === found?.value) ?? [];
  return found && { [kind]: found.value, reason: found.reason };
};

const confirmFor = async (row, act) => {
  if (act.command !== "confirm_report") {
    const officer = act.command === "confirm_identity" ? row.scope.code.split("/").at(-1) : "";
    const reason = await askReason(t(`dialog.${act.command}`), { row });
    return reason === null ? null : { officer, reason };
  }
  const options = reportsOf(row).map(({ report }) => ({
    value: report.id,
    label: `${senderOf(report.evidence)} · ${clockOf(report.evidence.at)}`,
    note: report.id,
  }));
  const found = await askWhich(t("dialog.confirm_report"), options, { row });
  return found && { report: found.value, reason: found.reason };
};

const ASKS = {
  level: askLevel,
  until: askUntil,
  pair: pairFor,
  sent: sentFor,
  reason: reasonFor,
  note: noteFor,
  confirm: confirmFor,
};

/** Ask what must be asked, then send; gives the command's id, "" if nothing was sent. */
export const perform = async (act, row) => {
  const given = act.asks ? await ASKS[act.asks](row, act) : {};
  return given === null ? "" : command(act.command, bodyOf(act, row, given));
};

/** What can be done to `row` by who is logged in, as it stands. */
export const actsNow = (row) =>
  actsOf(row, { session: session.value, link: link.value, reports: reportsOf(row) });

const inWords = (because) => {
  if (!because) return null;
  const [key, values] = because;
  const said = Object.entries(values).map(([name, value]) => [name, t(`alert.${name}.${value}`)]);
  return t(key, Object.fromEntries(said));
};

const labelOf = (act, row) => {
  if (act.kind !== "escalate" || !act.isOpen) return t(`alert.do.${act.kind}`);
  const told = row.levels.findIndex((level) => level.code === row.level);
  const next = row.levels[told + 1];
  return t("alert.do.escalate.to", { level: say(next?.name) });
};

/** Of “confirm”, which no other page has. */
export const CONFIRM_KEY = "c";

const keyNameOf = (act) => {
  if (!keysOn.value) return "";
  return act.kind === "confirm" ? CONFIRM_KEY : (bound.value[act.key] ?? "");
};

/** Each reason once, behind the buttons that it shuts. */
const whyShut = (acts) => {
  const byReason = new Map();
  for (const act of acts.filter((each) => !each.isOpen)) {
    const reason = inWords(act.because);
    byReason.set(reason, [...(byReason.get(reason) ?? []), t(`alert.do.${act.kind}`)]);
  }
  const said = [...byReason].map(([reason, labels]) => `${labels.join(", ")}: ${reason}`);
  return said.join(" · ");
};

/** The toolbar: one tab stop for each button, forbidden ones stay and say why. */
export const Acts = ({ row }) => {
  const acts = actsNow(row);
  const standing = pendingOf(row.id);
  return html`<div class="bar2" role="toolbar" aria-label=${t("alert.acts")}>
    ${acts.map(
      (
        act,
        index,
      ) => html`<${Button} key=${act.kind} label=${labelOf(act, row)} solid=${index === 0}
        keyName=${keyNameOf(act)} because=${inWords(act.because)} data-act=${act.kind}
        onClick=${() => perform(act, row)} />
        ${standing?.kind === act.command && html`<${Standing} pending=${standing} />`}`,
    )}
    <span class="m">${whyShut(acts)}</span>
  </div>`;
};
