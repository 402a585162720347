// A text of the server that is written with headings and lists (a runbook), as nodes of the page.
//
// It is read by the browser's own parser into a document that is never shown, and only the few
// elements that a runbook is made of are taken from there, without attributes. So nothing that a
// text holds can become a script, an address or a style here.

import { h } from "./ui.js";

const TAKEN = ["h2", "h3", "p", "ul", "ol", "li", "strong", "em", "code"];
const TEXT_NODE = 3;

const nodeOf = (node, index) => {
  if (node.nodeType === TEXT_NODE) return node.data;
  const inside = [...node.childNodes].map(nodeOf);
  const name = node.nodeName.toLowerCase();
  // Of what is not known only the words are kept.
  return TAKEN.includes(name) ? h(name, { key: index }, inside) : inside;
};

/** The text, in a block of that class. */
export const Written = ({ text, name }) => {
  const read = new DOMParser().parseFromString(text, "text/html");
  return h("div", { class: name }, [...read.body.childNodes].map(nodeOf));
};
