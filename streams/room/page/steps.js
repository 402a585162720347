// Steps of a person: a key, a press, a turn of the wheel. A session ends when nobody has taken one
// for long, and the page asks the server many things by itself; so a request says whether there was
// a step since the one before. Who only reads and scrolls is told of by a request of its own.

/** Half of the shortest `idle_minutes`; the room makes a cookie anew after a quarter of it, or a
 * minute. So who takes a step each half minute is never logged out. */
export const TELL_MS = 30_000;
const KINDS = ["keydown", "pointerdown", "touchstart", "wheel"];

/** Steps that are not told yet. Pure but for what it remembers. */
export const stepsUntold = () => {
  const seen = { isNew: false, toldAt: -Infinity };
  return {
    /** Note a step; gives whether it is time to tell of it. */
    take: (nowMs) => {
      seen.isNew = true;
      return nowMs - seen.toldAt >= TELL_MS;
    },
    /** Whether a request that is sent now has a step to tell; then it is told. */
    tell: (nowMs) => {
      const { isNew } = seen;
      if (isNew) Object.assign(seen, { isNew: false, toldAt: nowMs });
      return isNew;
    },
  };
};

/** Those of this page. */
export const steps = stepsUntold();

/** Begin to listen; `ask` sends a request when one is due. Called once. */
export const startSteps = (ask) => {
  const taken = () => steps.take(performance.now()) && ask();
  for (const kind of KINDS) addEventListener(kind, taken, { capture: true, passive: true });
};
