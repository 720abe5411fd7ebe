// Buttons on every paper: star, read, hide. An element with data-paper (an arXiv id) shows the
// paper's marks in data-marked; before-paint.js sets it first.

import { inFrames } from "./frames.js";
import { decide, forgetOldest, has, marksOf, setMark, wordsOf } from "./merge.js";
import { notify } from "./notify.js";
import { change, onChangeElsewhere, read } from "./store.js";

const buttons = document.getElementById("mark-buttons");

// Changes the decisions with edit(decisions), stores them and updates the page.
export function changeMarks(edit) {
  const kept = change("marks", (decisions) => {
    edit(decisions);
    forgetOldest(decisions);
  });
  showMarks();
  if (!kept) notify("unkept");
}

let replaced = []; // the papers that the last change changed, with their words before it

// Sets or removes one mark of these papers, and remembers what undo() must bring back.
export function markAll(ids, name, on) {
  const before = read("marks");
  replaced = ids.map((id) => [id, wordsOf(before[id])]);
  changeMarks((decisions) => ids.forEach((id) => setMark(decisions, id, name, on)));
}

export function mark(id, name, on) {
  markAll([id], name, on);
}

export function toggle(id, name) {
  const on = !has(read("marks")[id], name);
  mark(id, name, on);
  if (on && name === "hidden") notify("hidden-one", {}, undo);
}

// Undoes the last change of marks on this page.
export function undo() {
  const before = replaced.splice(0);
  if (before.length) changeMarks((decisions) => before.forEach(([id, words]) => decide(decisions, id, words)));
}

export function showMarks() {
  const decisions = read("marks");
  document.querySelectorAll("[data-paper]").forEach((paper) => show(paper, decisions));
  document.dispatchEvent(new Event("duizhao:marks"));
}

function show(paper, decisions) {
  const marks = marksOf(decisions[paper.dataset.paper]);
  paper.dataset.marked = marks.join(" ");
  paper.querySelectorAll("[data-mark][aria-pressed]").forEach((button) => {
    button.setAttribute("aria-pressed", marks.includes(button.dataset.mark));
  });
}

const AT_ONCE = 30; // papers, as many as a screen shows

// Adds the buttons to the empty places for them below this element.
export function addButtons(root = document) {
  const places = [...root.querySelectorAll("[data-marks]:empty")];
  const starts = places.map((_, number) => number).filter((number) => number % AT_ONCE === 0);
  inFrames(starts, (start) => {
    const decisions = read("marks");
    places.slice(start, start + AT_ONCE).forEach((place) => addButtonsTo(place, decisions));
  });
  showMarks();
}

function addButtonsTo(place, decisions) {
  const paper = place.closest("[data-paper]");
  const wanted = place.dataset.marks.split(" ").filter(Boolean);
  const made = buttons.content.cloneNode(true);
  made.querySelectorAll("[data-mark]").forEach((button) => {
    const { name, mark } = button.dataset;
    if (wanted.length && !wanted.includes(name ?? mark)) button.remove();
    else describe(button, paper);
  });
  place.append(made);
  show(paper, decisions);
}

let described = 0;

// A button's name tells its action, its description the paper.
function describe(button, paper) {
  const title = paper.querySelector("h1, h2, h3, a");
  button.setAttribute("aria-describedby", (title.id ||= `described-${++described}`));
}

function onClick({ target }) {
  const paper = target.closest("[data-paper]");
  const button = target.closest("[data-mark]");
  if (!paper) return;
  if (button) press(button, paper);
  else if (target.closest(`a[href^="https://arxiv.org/"]`)) mark(paper.dataset.paper, "read", true);
}

function press(button, paper) {
  toggle(paper.dataset.paper, button.dataset.mark);
  if (button.getClientRects().length) return;
  // Hiding folds the paper and this button: move the focus to the button that undoes it, or if that
  // stands in a closed abstract, to the title.
  const others = [...paper.querySelectorAll(`[data-mark=${button.dataset.mark}]`)];
  (others.find((other) => other.checkVisibility()) ?? paper.querySelector("a")).focus();
}

export function start() {
  addButtons();
  document.addEventListener("click", onClick);
  onChangeElsewhere(showMarks);
  const page = document.querySelector("article.paper[data-paper]");
  if (page && !has(read("marks")[page.dataset.paper], "read")) mark(page.dataset.paper, "read", true);
}
