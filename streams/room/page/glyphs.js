// Marks that mean one thing everywhere: severity (shape, letter, word), situation, a few icons.

import { t } from "./i18n.js";
import { html } from "./ui.js";

/** Letter of a severity, the same in both languages: it is said over radio. */
export const LETTER = { critical: "K", high: "T", medium: "S", low: "R" };

const SHAPES = {
  K: "M6.3 1.5h7.4l4.8 4.8v7.4l-4.8 4.8H6.3l-4.8-4.8V6.3z",
  T: "M10 1.2 19 17.8H1z",
  S: "M4.4 2.2h11.2q2.2 0 2.2 2.2v11.2q0 2.2-2.2 2.2H4.4q-2.2 0-2.2-2.2V4.4q0-2.2 2.2-2.2z",
  R: "M17.8 10a7.8 7.8 0 1 1-15.6 0 7.8 7.8 0 0 1 15.6 0z",
};

/** The shape of a severity with its letter, or with what it `says`; its word stands beside it. */
export const Mark = ({ severity, size = 20, says }) => {
  const letter = LETTER[severity];
  const low = letter === "T" ? 15.6 : 13.8;
  return html`<svg class=${`g g${letter} gl`} viewBox="0 0 20 20" width=${size} height=${size}
    aria-hidden="true">
    <path class="b" d=${SHAPES[letter]} /><text x="10" y=${low}>${says ?? letter}</text>
  </svg>`;
};

/** Shape, letter and word of a severity; `bare`: the word is there for those who hear only. */
export const Sev = ({ severity, size = 20, bare = false }) =>
  html`<span class="sev" data-s=${LETTER[severity]}>
    <${Mark} severity=${severity} size=${size} />
    <span class=${bare ? "vh" : null}>${t(`app.severity.${severity}`)}</span>
  </span>`;

/** Word, pattern and colour of an area's situation. */
export const Sit = ({ colour }) =>
  html`<span class="sit" data-c=${colour}>${t(`app.colour.${colour}`)}</span>`;

/** Steps of a ladder, those filled that were told. */
export const Pips = ({ count, told }) =>
  html`<span class="pips" aria-hidden="true">
    ${Array.from({ length: count }, (_, index) => html`<i class=${index < told ? "on" : ""}></i>`)}
  </span>`;

const ICONS = {
  search: "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zm-1 3.5L14 14",
  muted: "M3 6.5h2.5L9 3.5v9L5.5 9.5H3zM11.5 6l3 4M14.5 6l-3 4",
  sound: "M3 6.5h2.5L9 3.5v9L5.5 9.5H3zM11.5 5.5a3.5 3.5 0 0 1 0 5",
  sun:
    "M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6" +
    "M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1",
  wall: "M2.5 3h11a1 1 0 0 1 1 1v6.500a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM5.5 14h5",
};

/** A small drawing beside a word. */
export const Icon = ({ name }) =>
  html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d=${ICONS[name]} /></svg>`;

export const Logo = () =>
  html`<svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
    <rect x="2" y="2" width="20" height="20" rx="4" class="l0" />
    <path d="M7 16.500V9.500M12 16.500V6.500M17 16.500v-4" class="l1" />
  </svg>`;
