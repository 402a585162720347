// Decisions that nothing takes back once they are sent: each is held for a few seconds, in which a
// slip of a key can be undone. One group is held at a time.
//
// held ─► sent         when the time is over, another command is given, the page is hidden or left,
//   └───► withdrawn    or the session ends
//
// What is held goes out exactly once: it leaves this table before it is sent.

const HOLD_MS = 5_000;

const held = { commands: [], send: null, timer: 0 };

const release = () => {
  const { commands, send } = held;
  clearTimeout(held.timer);
  Object.assign(held, { commands: [], send: null, timer: 0 });
  return [commands, send];
};

/** Send now what is held; gives when the server has been asked once for each. */
export const sendHeld = async () => {
  const [commands, send] = release();
  if (commands.length) await send(commands);
};

/** Hold commands `{id, kind, fields}`; `send(commands)` sends them. Nothing else may be held. */
export const hold = (commands, send) => {
  Object.assign(held, { commands, send, timer: setTimeout(sendHeld, HOLD_MS) });
};

/** Those that are held now and for which `isMeant(command)`. */
export const heldOf = (isMeant) => held.commands.filter(isMeant);

/** Let go of commands that are held: they are not sent. */
export const letGo = (commands) => {
  held.commands = held.commands.filter((one) => !commands.includes(one));
  if (!held.commands.length) release();
};

/**
 * A page that is hidden may be thrown away without another word, and its clocks nearly stand: what
 * is held is sent while it still can be. Called once.
 */
export const startHeld = () => {
  addEventListener("pagehide", sendHeld);
  document.addEventListener("visibilitychange", () => document.hidden && sendHeld());
};
