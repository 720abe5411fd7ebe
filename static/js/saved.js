// The reader's desk: lists followed and papers marked in this browser. The server renders the
// papers: the script requests the desk's own address with a few ids at a time and takes the rows
// from that page.

import "./main.js";
import { addButtons } from "./marks.js";
import { MARKS, marked } from "./merge.js";
import { notify, word } from "./notify.js";
import { bringAddress, bringFile, CLICKS as OF_DATA, showArrived, showExports, startShared } from "./saved-data.js";
import { drawNear } from "./saved-near.js";
import { drawLists, edit, seeAll, unfollow } from "./saved-lists.js";
import { followedLists } from "./followed-lists.js";
import { forgetAll, onChangeElsewhere, read } from "./store.js";

const A_FEW = 25;
const ROW = 5.5; // rem, about the height of a row
const head = document.querySelector("[data-saved]");
const part = (name) => document.querySelector(`[data-saved-${name}]`);

// The papers to show: those of #read or #hidden in the address. Without either, starred ones; other
// parts of the page that an address may name change nothing.
let shownMark = "starred";

function readAddress() {
  const name = location.hash.slice(1) || "starred";
  const isNew = MARKS.includes(name) && name !== shownMark;
  if (isNew) shownMark = name;
  return isNew;
}

// --- The papers

let waiting = []; // ids whose rows are not on the page yet
let drawing = 0; // only the newest call of draw() may still add rows

function draw() {
  waiting = marked(read("marks"), shownMark);
  part("papers").replaceChildren();
  part("papers").style.minHeight = `${ROW * Math.min(waiting.length, A_FEW)}rem`; // so that nothing moves
  part("empty").hidden = waiting.length > 0;
  part("papers").setAttribute("aria-label", word(shownMark));
  return drawMore(++drawing);
}

async function drawMore(turn) {
  const ids = waiting.splice(0, A_FEW);
  if (ids.length) {
    part("more").hidden = true;
    const rows = await rowsOf(ids).catch(() => null);
    if (turn !== drawing) return;
    if (!rows) {
      waiting.unshift(...ids);
      notify("unreachable");
    } else {
      part("papers").append(...rows);
      part("papers").style.minHeight = "";
      addButtons(part("papers"));
    }
  }
  part("more").hidden = waiting.length === 0;
}

async function rowsOf(ids) {
  const query = new URLSearchParams(ids.map((id) => ["id", id]));
  const language = new URLSearchParams(location.search).get("lang");
  if (language) query.set("lang", language);
  const answer = await fetch(`${location.pathname}?${query}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelectorAll(".list [data-paper]");
}

// --- The rest of the page

function showAround() {
  const decisions = read("marks");
  const numbers = MARKS.map((mark) => [mark, marked(decisions, mark).length]);
  for (const [mark, number] of numbers) {
    part(`count-${mark}`).textContent = number;
    part(`choice-${mark}`).setAttribute("aria-current", mark === shownMark);
  }
  // A paper whose star was taken back stays until the next visit, so that it can be starred again.
  const isEmpty = !followedLists().length && numbers.every(([, number]) => !number) && !part("papers").children.length;
  part("nothing").hidden = !isEmpty || !part("arrived").hidden;
  part("links-button").hidden = isEmpty;
  head.parentElement.toggleAttribute("data-nothing-saved", isEmpty);
  showExports();
}

function drawAll() {
  drawLists();
  drawNear();
  showAround();
  return draw();
}

const CLICKS = {
  ...OF_DATA,
  more: () => drawMore(drawing),
  see: seeAll,
  edit,
  take: () => {
    OF_DATA.take();
    drawAll();
  },
  leave: () => {
    OF_DATA.leave();
    showAround();
  },
  forget: () => {
    if (!confirm(word("forget-sure"))) return;
    forgetAll();
    location.reload();
  },
};

function onClick({ target }) {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.savedUnfollow) {
    unfollow(button.dataset.savedUnfollow);
    showAround();
  }
  CLICKS[button.dataset.savedDo]?.(button);
}

function startOwn() {
  readAddress();
  showArrived();
  drawAll();
  document.addEventListener("duizhao:marks", showAround);
  onChangeElsewhere(() => {
    drawLists();
    showAround();
  });
  addEventListener("hashchange", () => {
    const isNew = readAddress();
    showArrived();
    showAround();
    if (isNew) draw();
  });
  document.addEventListener("click", onClick);
  part("file").addEventListener("change", ({ target }) => {
    if (target.files.length) bringFile(target.files[0]).then(() => (target.value = "")).then(drawAll);
  });
  part("bring").addEventListener("submit", (event) => {
    event.preventDefault();
    bringAddress(event.target.elements.address.value);
    drawAll();
  });
}

if (head.dataset.ids === undefined) startOwn();
else if (head.dataset.ids) startShared(head.dataset.ids.split(" "));
