// A field in which somebody types and picks from what is found: a place, a category.
//
// The pattern of an editable combobox with a list (WAI-ARIA APG): arrows move in the list, Enter
// picks, Escape closes it, and what is picked stays readable as text in the field.

import { html, useId, useState } from "./ui.js";

const MOVES = { ArrowDown: 1, ArrowUp: -1 };

const Option = ({ id, option, isActive, pick }) =>
  html`<li id=${id} role="option" aria-selected=${isActive} class=${isActive ? "on" : ""}
    onMouseDown=${(event) => {
      event.preventDefault();
      pick(option);
    }}><b>${option.label}</b> <span class="m">${option.note}</span></li>`;

/**
 * `search(text)` gives entries; `onPick(entry)` gets one, or null when the text is no longer it.
 * `text` and `onText` hold what stands in the field, so that nothing typed is ever lost.
 */
export const Combo = ({ id, text, onText, search, onPick, hint = "", problem = "", ...more }) => {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const list = useId();
  const options = isOpen ? search(text) : [];
  const pick = (option) => {
    onText(option.label);
    onPick(option);
    setOpen(false);
  };
  const typed = (event) => {
    onText(event.currentTarget.value);
    onPick(null);
    setActive(0);
    setOpen(true);
  };
  const keyed = (event) => {
    const isSent = event.ctrlKey || event.metaKey; // Control and Enter send the form.
    if (MOVES[event.key] && options.length) {
      event.preventDefault();
      setActive((active + MOVES[event.key] + options.length) % options.length);
    } else if (event.key === "Enter" && !isSent && options[active]) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation(); // It may stand in a dialog.
      setOpen(false);
    } else if (event.key === "ArrowDown") setOpen(true);
  };
  return html`<div class="combo">
    <input id=${id} role="combobox" autocomplete="off" aria-autocomplete="list"
      aria-controls=${list}
      aria-expanded=${options.length > 0} aria-invalid=${problem !== ""}
      aria-activedescendant=${options.length ? `${list}-${active}` : undefined}
      value=${text} placeholder=${hint} onInput=${typed} onKeyDown=${keyed}
      onBlur=${() => setOpen(false)} ...${more} />
    <ul id=${list} role="listbox" aria-label=${more["aria-label"] ?? hint}
      hidden=${options.length === 0}>
      ${options.map(
        (option, index) => html`<${Option} key=${option.value} id=${`${list}-${index}`}
        option=${option} isActive=${index === active} pick=${pick} />`,
      )}</ul>
  </div>`;
};
