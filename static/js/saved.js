// The reader's desk: papers marked and lists saved in this browser. The server renders the cards:
// the script requests the desk's own address with a few ids at a time and takes the cards from that
// page.

import { copy } from "./copy.js";
import { feedAddress, mergeLists, saveList, savedLists } from "./lists.js";
import { addButtons, changeMarks } from "./marks.js";
import { MARKS, marked, mergeMarks, now, star } from "./merge.js";
import { notify, word } from "./notify.js";
import { change, forgetAll, onChangeElsewhere, read } from "./store.js";
import { download, fromAddress, fromJson, selection, toJson, toOpml } from "./transfer.js";

const A_FEW = 25;
const LARGEST_FILE = 8_000_000; // bytes
const head = document.querySelector("[data-saved]");
const part = (name) => document.querySelector(`[data-saved-${name}]`);

// The mark to show: the address has #read or #hidden; otherwise starred papers are shown.
const shownMark = () => MARKS.find((mark) => location.hash === `#${mark}`) ?? "starred";

// --- The cards

let waiting = []; // ids whose cards are not on the page yet
let drawing = 0; // only the newest call of draw() may still add cards

function draw() {
  waiting = marked(read("marks"), shownMark());
  part("cards").replaceChildren();
  part("empty").hidden = waiting.length > 0;
  part("cards").setAttribute("aria-label", word(shownMark()));
  return drawMore(++drawing);
}

async function drawMore(turn) {
  const ids = waiting.splice(0, A_FEW);
  if (ids.length) {
    part("more").hidden = true;
    const articles = await cardsOf(ids).catch(() => null);
    if (turn !== drawing) return;
    if (!articles) {
      waiting.unshift(...ids);
      notify("unreachable");
    } else {
      part("cards").append(...articles);
      addButtons(part("cards"));
    }
  }
  part("more").hidden = waiting.length === 0;
}

async function cardsOf(ids) {
  const query = new URLSearchParams(ids.map((id) => ["id", id]));
  const language = new URLSearchParams(location.search).get("lang");
  if (language) query.set("lang", language);
  const answer = await fetch(`${location.pathname}?${query}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelectorAll(".list > [data-paper]");
}

// --- Counts, links and saved lists

function showAround() {
  const decisions = read("marks");
  for (const mark of MARKS) {
    part(`count-${mark}`).textContent = marked(decisions, mark).length;
    part(`choice-${mark}`).setAttribute("aria-current", mark === shownMark());
  }
  const ids = marked(decisions, "starred");
  const query = selection(ids);
  const taken = query ? query.split("&").length : 0;
  part("address").value = query ? `${location.origin}${location.pathname}?${query}&at=${now()}` : "";
  document.querySelectorAll("[data-saved-citations]").forEach((link) => {
    link.href = `${link.dataset.savedCitations}?${query}`;
  });
  part("with-stars").hidden = taken === 0;
  part("cut").hidden = taken === ids.length;
  showLists();
}

function showLists() {
  const lists = savedLists(read("lists"));
  const template = part("list").content;
  part("lists").replaceChildren(
    ...lists.map(([address, name]) => {
      const row = template.cloneNode(true);
      const [link, feed, remove] = row.querySelectorAll("a, button");
      Object.assign(link, { href: address, textContent: name });
      feed.href = feedAddress(address);
      remove.dataset.savedRemove = address;
      return row;
    }),
  );
  part("no-lists").hidden = lists.length > 0;
  part("opml").hidden = lists.length === 0;
}

// --- Saving to files and addresses, and reading them

const fileName = (ending) => `duizhao-${new Date().toISOString().slice(0, 10)}.${ending}`;

function takeIn(edit) {
  let changed = { papers: 0, lists: 0 };
  changeMarks((decisions) => (changed = edit(decisions)));
  notify("taken-in", changed);
}

async function bringFile(file) {
  const data = file.size <= LARGEST_FILE ? fromJson(await file.text()) : null;
  if (!data) return notify("no-saved-file");
  takeIn((decisions) => {
    let lists = 0;
    change("lists", (ours) => (lists = mergeLists(ours, data.lists)));
    return { papers: mergeMarks(decisions, data.decisions), lists };
  });
  return draw();
}

function bringAddress(text) {
  const { ids, at } = fromAddress(text);
  if (!ids.length) return notify("no-saved-address");
  return takeIn((decisions) => ({ papers: star(decisions, ids, at), lists: 0 }));
}

const CLICKS = {
  more: () => drawMore(drawing),
  json: () => download(toJson(read("marks"), read("lists")), fileName("json"), "application/json"),
  opml: () => download(toOpml(read("lists"), document.title), fileName("opml"), "text/x-opml"),
  copy: () => copy(part("address").value),
  forget: () => {
    if (!confirm(word("forget-sure"))) return;
    forgetAll();
    location.reload();
  },
};

function onClick({ target }) {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.savedRemove) {
    saveList(button.dataset.savedRemove, "");
    showLists();
    part("lists").focus();
  }
  CLICKS[button.dataset.savedDo]?.();
}

function startOwn() {
  draw();
  showAround();
  document.addEventListener("duizhao:marks", showAround);
  onChangeElsewhere(showAround);
  addEventListener("hashchange", () => {
    draw();
    showAround();
  });
  document.addEventListener("click", onClick);
  part("file").addEventListener("change", ({ target }) => {
    if (target.files.length) bringFile(target.files[0]).then(() => (target.value = ""));
  });
  part("bring").addEventListener("submit", (event) => {
    event.preventDefault();
    bringAddress(event.target.elements.address.value);
    draw();
  });
}

// A shared list of papers: one button adds it to this desk.
function startShared() {
  document.querySelector("[data-saved-keep]").addEventListener("click", () => {
    const { at } = fromAddress(location.href);
    const ids = head.dataset.ids.split(" ");
    takeIn((decisions) => ({ papers: star(decisions, ids, at), lists: 0 }));
  });
}

if (head.dataset.ids === undefined) startOwn();
else startShared();
