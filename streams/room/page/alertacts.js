// The bar of what can be done to an alert, and how each command stands.

import { actsNow, doToRows, inWords } from "./doing.js";
import { bound, keysOn } from "./keys.js";
import { Button, Standing } from "./signs.js";
import { pendingOf, say, t } from "./store.js";
import { html } from "./ui.js";

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
  const deed = (act) => () => doToRows(act.kind, [row]);
  const standing = pendingOf(row.id);
  return html`<div class="bar2" role="toolbar" aria-label=${t("alert.acts")}>
    ${acts.map(
      (
        act,
        index,
      ) => html`<${Button} key=${act.kind} label=${labelOf(act, row)} solid=${index === 0}
        keyName=${keyNameOf(act)} because=${inWords(act.because)} data-act=${act.kind}
        onClick=${deed(act)} onShut=${deed(act)} />
        ${standing?.kind === act.command && html`<${Standing} pending=${standing} />`}`,
    )}
    <span class="m">${whyShut(acts)}</span>
  </div>`;
};
