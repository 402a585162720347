// What every component builds with: the vendored pieces, under one roof.
//
//   import { html, signal, useEffect } from "./ui.js";
//   export const Hello = ({ name }) => html`<p>${name}</p>`;
//
// A signal that stands in a template as it is (`${text}` instead of `${text.value}`) updates its
// own text node and renders nothing else: so the countdowns of a thousand rows cost a thousand
// texts.

import { Fragment, createContext, h, render } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "./vendor/preact-hooks.js";
export {
  batch,
  computed,
  effect,
  signal,
  untracked,
  useComputed,
  useSignal,
  useSignalEffect,
} from "./vendor/preact-signals.js";
export { Fragment, createContext, h, render };

export const html = htm.bind(h);

/** Join the class names that hold: `classes("row", isOld && "old")`. */
export const classes = (...names) => names.filter(Boolean).join(" ");
