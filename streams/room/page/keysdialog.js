// The list of keys: what each does, how to change it, how to switch all of them off.

import { KEYS, bind, bound, keysOn, onKeys, switchKeys, unbind } from "./keys.js";
import { dialog, t } from "./store.js";
import { html, useEffect, useRef, useState } from "./ui.js";
import { leaveDialog, whereIs } from "./ways.js";

const Line = ({ act, waits, listen }) =>
  html`<tr><th scope="row">${t(`keys.${act}`)}</th>
    <td><button class="act" aria-label=${t("keys.change", { what: t(`keys.${act}`) })}
      onClick=${() => listen(act)}>
      ${waits ? t("keys.press") : html`<kbd>${bound.value[act]}</kbd>`}</button></td></tr>`;

/** A native dialog: Escape closes it, the focus stays inside and goes back. */
const Keys = () => {
  const box = useRef(null);
  const [waits, listen] = useState("");
  const [said, setSaid] = useState("");
  useEffect(() => {
    const before = whereIs(document.activeElement);
    box.current.showModal();
    return () => leaveDialog(before);
  }, []);
  const close = () => (dialog.value = null);
  const pressed = (event) => {
    event.stopPropagation();
    if (!waits || ["Tab", "Shift", "Enter"].includes(event.key)) return;
    event.preventDefault();
    if (event.key !== "Escape")
      setSaid(bind(waits, event.key) ? "" : t("keys.taken", { key: event.key }));
    listen("");
  };
  return html`<dialog ref=${box} class="ask keylist" aria-labelledby="keys-title" onClose=${close}
    onKeyDown=${pressed}>
    <h2 id="keys-title">${t("keys.title")}</h2>
    <p><label><input type="checkbox" checked=${keysOn.value}
      onChange=${switchKeys} /> ${t("keys.on")}</label></p>
    <p class="said" role="alert">${said}</p>
    <table><tbody>${Object.keys(KEYS).map(
      (act) => html`<${Line} key=${act} act=${act} waits=${waits === act} listen=${listen} />`,
    )}</tbody></table>
    <p class="ends"><button class="act" onClick=${unbind}>${t("keys.reset")}</button>
      <button class="act solid" onClick=${() => box.current.close()}>
      ${t("keys.close")} <kbd>Esc</kbd></button></p>
  </dialog>`;
};

/** Show the list at its key, wherever one is. */
export const KeysDialog = () => {
  useEffect(() => onKeys({ help: () => (dialog.value = "keys") }), []);
  return dialog.value === "keys" ? html`<${Keys} />` : null;
};
