// Small parts that the alert's page, the desks and the printed sheets share; marks: `glyphs.js`.

import { say, t } from "./store.js";
import { clockOf, zoneOf } from "./time.js";
import { html } from "./ui.js";

/** A moment of a document: its hours, and what the day is where it is asked for. */
export const Time = ({ at, zone = false }) =>
  at
    ? html`<time class="num" datetime=${at}>${clockOf(at)}${zone && ` ${zoneOf(at)}`}</time>`
    : html`<span class="m">–</span>`;

/** `Bengkulu › Rejang Lebong › …`: codes and names from the province down. */
export const Path = ({ path }) =>
  html`<p class="pth">
    ${path.map(([code, name], index) =>
      index === path.length - 1
        ? html`<b key=${code}>${name}</b> <span class="code">${code}</span>`
        : html`<span key=${code}>${name}</span>`,
    )}
  </p>`;

/** What stands where nothing does, or where the server refused. */
export const Empty = ({ text }) => html`<p class="nothing">${text}</p>`;

/** How a command stands, at the place where it was given. */
export const Standing = ({ pending }) => {
  if (!pending) return null;
  const why = pending.reason ? `: ${say(pending.reason)}` : "";
  return html`<span class="standing" data-state=${pending.state} role="status">
    ${t(`desk.cmd.${pending.state}`)}${why}</span>`;
};

/**
 * A button that cannot be pressed keeps its place, struck out, and says why; `onShut` says it to
 * who presses it all the same.
 */
export const Button = ({ label, because = null, solid = false, keyName = "", ...more }) => {
  const { onClick, onShut, ...rest } = more;
  return html`<button type="button" class=${solid ? "btn solid" : "btn"}
    title=${because ?? undefined} aria-description=${because ?? undefined}
    aria-keyshortcuts=${keyName || undefined} aria-disabled=${because !== null}
    onClick=${() => (because === null ? onClick() : onShut?.())} ...${rest}>
    <span>${label}</span>${keyName && html`<kbd>${keyName.toUpperCase()}</kbd>`}
  </button>`;
};
