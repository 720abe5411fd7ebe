// Data that leave and enter the reader's desk: files, links to share, and links and codes for another
// device.

import { copy } from "./copy.js";
import { fromLink, linksForCodes, oneLink } from "./device-link.js";
import { mergeLists, mergeSeen } from "./followed-lists.js";
import { changeMarks } from "./marks.js";
import { marked, marksOf, mergeMarks, now, star, wordsOf } from "./merge.js";
import { notify, word } from "./notify.js";
import { draw } from "./qr-code.js";
import { change, read } from "./store.js";
import { download, fromAddress, fromJson, selection, toJson, toOpml } from "./transfer.js";

const LARGEST_FILE = 8_000_000; // bytes
const part = (name) => document.querySelector(`[data-saved-${name}]`);
const everything = () => ({ decisions: read("marks"), lists: read("lists"), seen: read("seen") });

// --- Importing

function takeIn(edit, message = "taken-in", values = {}) {
  let changed = { papers: 0, lists: 0 };
  changeMarks((decisions) => (changed = edit(decisions)));
  notify(message, { ...values, ...changed });
}

function mergeData(decisions, data) {
  let lists = 0;
  change("lists", (ours) => (lists = mergeLists(ours, data.lists)));
  change("seen", (ours) => mergeSeen(ours, data.seen));
  return { papers: mergeMarks(decisions, data.decisions), lists };
}

export async function bringFile(file) {
  const data = file.size <= LARGEST_FILE ? fromJson(await file.text()) : null;
  if (!data) return notify("no-saved-file");
  return takeIn((decisions) => mergeData(decisions, data));
}

function bringData(data) {
  takeIn((decisions) => mergeData(decisions, data), data.parts > 1 ? "part-taken-in" : "taken-in", data);
}

export function bringAddress(text) {
  const data = fromLink(text);
  if (data) return bringData(data);
  const { ids, at } = fromAddress(text);
  if (!ids.length) return notify("no-saved-address");
  return bringStars(ids, at);
}

function bringStars(ids, at) {
  takeIn((decisions) => ({ papers: star(decisions, ids, at), lists: 0 }));
}

// A shared list of papers: one button stars all of them.
export function startShared(ids) {
  part("keep").addEventListener("click", () => bringStars(ids, fromAddress(location.href).at));
}

// --- A link from another device: the page says what it holds and waits for the reader's consent

const arrived = () => fromLink(location.hash);

export function showArrived() {
  const data = arrived();
  part("arrived").hidden = !data;
  if (!data) return;
  const marks = Object.values(data.decisions);
  const starred = marks.filter((one) => marksOf(one).includes("starred")).length;
  const lists = Object.values(data.lists).filter(wordsOf).length;
  const which = data.parts > 1 ? `${word("arrived-part", data)} ` : "";
  part("arrived-text").textContent =
    which + word("arrived", { lists, starred, others: marks.length - starred });
}

// Removes the data from the address, so that a reload does not offer them again.
function leave() {
  history.replaceState(null, "", location.pathname + location.search);
  showArrived();
}

function take() {
  const data = arrived();
  leave();
  bringData(data);
}

// --- Exporting

let links = []; // one for each code
let shown = 0;

function showLinks() {
  const page = location.origin + location.pathname;
  const [codes, whole] = [linksForCodes, oneLink].map((make) => make(everything(), page));
  [links, shown] = [codes.links, 0];
  part("link").value = whole.links[0];
  part("parts").hidden = links.length < 2;
  part("left-out").hidden = codes.leftOut === 0;
  part("left-out").textContent = word(whole.leftOut ? "left-out-of-link" : "left-out", { n: codes.leftOut });
  showCode();
  part("links").showModal();
}

function showCode() {
  part("code").replaceChildren(codeOf(links[shown]));
  part("part").textContent = word("part", { part: shown + 1, parts: links.length });
}

function codeOf(link) {
  try {
    const code = draw(link);
    code.setAttribute("aria-label", word("code"));
    return code;
  } catch {
    return word("too-long"); // a list with a very long address
  }
}

function turn(step) {
  shown = (shown + step + links.length) % links.length;
  showCode();
}

// Shows the links to share and to cite the starred papers.
export function showExports() {
  const ids = marked(read("marks"), "starred");
  const query = selection(ids);
  const taken = query ? query.split("&").length : 0;
  part("address").value = query ? `${location.origin}${location.pathname}?${query}&at=${now()}` : "";
  document.querySelectorAll("[data-saved-citations]").forEach((link) => {
    link.href = `${link.dataset.savedCitations}?${query}`;
  });
  part("with-stars").hidden = taken === 0;
  part("cut").hidden = taken === ids.length;
}

const fileName = (ending) => `duizhao-${new Date().toISOString().slice(0, 10)}.${ending}`;

export const CLICKS = {
  json: () => download(toJson(everything()), fileName("json"), "application/json"),
  opml: () => download(toOpml(read("lists"), document.title), fileName("opml"), "text/x-opml"),
  copy: () => copy(part("address").value),
  "copy-link": () => copy(part("link").value),
  links: showLinks,
  "previous-part": () => turn(-1),
  "next-part": () => turn(1),
  take,
  leave,
};
