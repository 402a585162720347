// What is heard until somebody acknowledges: tones by the worst severity, made here, no files.
//
// A browser lets a page sound only after a click, so sound is off until armed, and says so.
// Critical is heard every 4 s, high every 12 s, medium every 60 s; low never. Mute is this person's
// choice on this machine, with a badge that is always in sight; it ends with the page, not silently
// for ever.

import { link, onLogout, session } from "./state.js";
import { survey } from "./summary.js";
import { effect, signal } from "./ui.js";

/** `off`: never armed; `on`; `muted`. */
export const sound = signal("off");

/** Notes (Hz, start and length in seconds) and the pause between two soundings. */
export const TONES = {
  critical: {
    everyMs: 4_000,
    notes: [
      [880, 0, 0.16],
      [660, 0.2, 0.16],
      [880, 0.4, 0.16],
      [660, 0.6, 0.16],
    ],
  },
  high: {
    everyMs: 12_000,
    notes: [
      [740, 0, 0.18],
      [740, 0.26, 0.18],
    ],
  },
  medium: { everyMs: 60_000, notes: [[520, 0, 0.14]] },
};

const LOUD = 0.18;
const player = { context: null, timer: 0 };

const note = ([hertz, start, length]) => {
  const { context } = player;
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  const at = context.currentTime + start;
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.02);
  volume.gain.linearRampToValueAtTime(0, at + length);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + length);
};

const ring = (severity) => {
  clearTimeout(player.timer);
  const tones = TONES[severity];
  if (!tones) return;
  tones.notes.forEach(note);
  player.timer = setTimeout(() => ring(severity), tones.everyMs);
};

const isHeard = () => sound.value === "on" && link.value !== "offline" && session.value;

/** Ring as long as something is to be heard. Called once. */
export const startSound = () => {
  onLogout(() => (sound.value = player.context ? "on" : "off")); // Mute was one person's choice.
  effect(() => {
    const severity = isHeard() ? survey.value.worst : null;
    clearTimeout(player.timer);
    if (severity) ring(severity);
  });
};

/** Arm at the first click; afterwards mute and unmute. */
export const switchSound = () => {
  if (sound.value === "off") {
    player.context ??= new AudioContext();
    player.context.resume();
    sound.value = "on";
  } else sound.value = sound.value === "on" ? "muted" : "on";
};
