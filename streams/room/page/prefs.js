// What a person has chosen, kept in this browser under his id: a machine has many operators, and
// who switches the keys off does so for himself. Nobody's choices are read before he is known.

import { signal } from "./ui.js";

const person = { id: "" };
const held = [];

const keyOf = (name) => `siaga.${person.id}/${name}`;

/** What he chose, as text; null: nothing, or nobody is logged in. */
export const chosen = (name) =>
  person.id ? (globalThis.localStorage?.getItem(keyOf(name)) ?? null) : null;

/** Keep a choice of his; tells whether there is somebody whose it can be. */
export const choose = (name, text) => {
  if (person.id) globalThis.localStorage?.setItem(keyOf(name), text);
  return Boolean(person.id);
};

/** A signal that is `read(text)` of his choice, and another's when another comes. */
export const choice = (name, read) => {
  const made = signal(read(chosen(name)));
  held.push(() => (made.value = read(chosen(name))));
  return made;
};

/** Read the choices of whoever is here now; `""`: of nobody. */
export const belongTo = (user) => {
  person.id = user;
  for (const renew of held) renew();
};
