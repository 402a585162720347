// The time that a row counts to. Its text is a signal, so a second passes without rendering rows.
//
// While the link is not live, or no `now` is known, nothing counts: the absolute time stands in its
// place, since a number that stands still looks like one that runs.

import { isSoon, nextLevel, targetOf } from "./order.js";
import { hasNow, link, now, say, t } from "./store.js";
import { clockOf, countdown, msOf } from "./time.js";
import { classes, html, useComputed } from "./ui.js";

const isCounting = () => link.value === "live" && hasNow.value;

const textOf = (row) => {
  const { kind, at } = targetOf(row);
  if (kind === "none" || !at) return "–";
  return isCounting() ? countdown(msOf(at), now.value) : clockOf(at);
};

const isQuiet = (kind) => kind === "none" || kind === "act" || kind === "shelved";

/** The number alone; `row` must be a signal that holds the row of now. */
export const Countdown = ({ row }) => {
  const text = useComputed(() => textOf(row.value));
  const name = useComputed(() =>
    classes(
      "num cd",
      isQuiet(targetOf(row.value).kind) && "q",
      isCounting() && isSoon(row.value, now.value) && "soon",
    ),
  );
  return html`<span class=${name}>${text}</span>`;
};

/** What comes then: `14:07:22 → Polda`, or why there is nothing to wait for. */
export const Next = ({ row }) => {
  const { kind, at } = targetOf(row);
  if (kind === "top" || kind === "age") return html`<span class="cn">${t(`queue.${kind}`)}</span>`;
  if (kind === "none") return html`<span class="cn">${t(`queue.none.${row.state}`)}</span>`;
  const level = nextLevel(row);
  const name = level ? say(level.name) : t("queue.next");
  const then = kind === "due" ? `→ ${name}` : t(`queue.${kind}`);
  const clock = isCounting() && html`<b class="num">${clockOf(at)}</b> `;
  // Where nothing counts down, the number above is this time already.
  return html`<span class="cn">${clock}${then}</span>`;
};
