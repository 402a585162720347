// Whether what is shown can be believed: live, stale or offline; and the second hand of the page.
//
// Stale: `heard` is more than a minute behind `now`; the picture has not moved for a minute as no
// worker judges, or that of some kabupaten has not while others go on; no clock has come for five
// seconds; or the room says that Kafka does not answer it. Offline: the connection is cut. A cut
// that heals within five seconds is not told, so that a restart of the room does not drain every
// screen.

import { t } from "./i18n.js";
import { clock, hereMs, link, linkWhy, now, nowMs, zone } from "./state.js";
import { clockIn } from "./time.js";
import { batch } from "./ui.js";

export const LAG_MS_MAX = 60_000;
export const SILENCE_MS_MAX = 5_000;
const LOOK_MS = 1_000;

/**
 * The state of the link, and why; pure. `told` is the last clock, `silentMs` for how long none has
 * come, `isOpen` whether the connection stands.
 */
export const judged = (told, silentMs, isOpen) => {
  if (silentMs > SILENCE_MS_MAX) return isOpen ? ["stale", "silent"] : ["offline", "cut"];
  if (!told) return ["stale", "silent"];
  if (!told.is_live) return ["stale", "kafka"];
  // A worker tells the picture each second. 0: the broker, the embedded one, keeps no times.
  if (told.moved_ms && told.server_ms - told.moved_ms > LAG_MS_MAX) return ["stale", "moved"];
  if (told.still?.length) return ["stale", "still"];
  if (told.now_ms !== null && told.heard_ms !== null) {
    if (told.now_ms - told.heard_ms > LAG_MS_MAX) return ["stale", "heard"];
  }
  return ["live", ""];
};

/** Since when these stand still, in words; of several the one that has for the longest. */
export const sinceOf = (found) => {
  const hours = found.map(([, ms]) => clockIn(ms, zone.value).slice(0, 5));
  const isOne = hours.every((hour) => hour === hours[0]);
  return t(`app.still.${isOne ? "since" : "longest"}`, { at: `${hours[0]} ${zone.value}` });
};

/**
 * Begin to watch; the stream says `open()`, `heard()` and `cut()`. `isRemembered`: what is shown is
 * from this machine's memory, so it is not live before the server has said something.
 */
export const startLink = ({ isRemembered = false } = {}) => {
  const seen = { isOpen: false, at: isRemembered ? -Infinity : performance.now() };
  const look = () => {
    hereMs.value = Date.now();
    const silentMs = performance.now() - seen.at;
    if (!clock.value && silentMs <= SILENCE_MS_MAX) return; // Nothing is shown yet.
    const [state, why] = judged(clock.value, silentMs, seen.isOpen);
    batch(() => {
      link.value = state;
      linkWhy.value = why;
      now.value = nowMs();
    });
  };
  const timer = setInterval(look, LOOK_MS);
  const stopFollowing = clock.subscribe((told) => told && look());
  return {
    open: () => {
      seen.isOpen = true;
    },
    heard: () => {
      seen.isOpen = true;
      seen.at = performance.now();
    },
    cut: () => {
      seen.isOpen = false;
    },
    stop: () => {
      clearInterval(timer);
      stopFollowing();
    },
  };
};
