// The rows of a day: opens the abstract below a title, and shows how much of each topic is read.

import { addButtons } from "./marks.js";
import { has } from "./merge.js";
import { read } from "./store.js";
import { start as startSwiping } from "./swipe.js";

// --- Abstracts

const MOST_AUTHORS = 6;
const TEXTS = ".reading, .sentences, .glossed, .doubts, .mark, .empty";

// The abstract of a paper from its own page, fetched once, and a line with its authors and topics.
async function contentsOf(link) {
  const answer = await fetch(link.href + location.search);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const texts = page.querySelectorAll(`.paper-abstract :is(${TEXTS})`);
  return [...texts, foot(page)];
}

function foot(page) {
  const line = document.getElementById("row-foot").content.cloneNode(true);
  const [authors, topics, links] = line.querySelectorAll("[data-part]");
  const names = [...page.querySelectorAll(".paper-authors a")];
  const shown = names.slice(0, MOST_AUTHORS).flatMap((name, place) => (place ? [", ", name] : [name]));
  authors.append(...shown);
  if (names.length > MOST_AUTHORS) authors.append(` +${names.length - MOST_AUTHORS}`);
  for (const topic of page.querySelectorAll(".paper-kicker a ~ a")) {
    topics.append(topics.childNodes.length ? " · " : "", topic);
  }
  for (const link of page.querySelectorAll(".paper-actions > a, .paper-actions .edit-link")) {
    link.classList.remove("button", "button-first");
    links.append(link);
  }
  return line;
}

async function fill(row, place) {
  const link = row.querySelector(".row-title");
  try {
    place.append(...(await contentsOf(link)));
    addButtons(place);
  } catch {
    location.assign(link.href); // the page itself reports the error
  }
}

function open(row) {
  const button = row.querySelector("[data-open]");
  const opens = button.getAttribute("aria-expanded") === "false";
  button.setAttribute("aria-expanded", opens);
  let place = row.querySelector(".row-abstract");
  if (place) place.hidden = !opens;
  else {
    place = Object.assign(document.createElement("div"), { className: "row-abstract" });
    row.append(place);
    fill(row, place);
  }
}

// A click anywhere in a row opens it, but not one on a link or a button, and none that ends the
// selection of text.
function onClick({ target }) {
  const row = target.closest(".row");
  if (!row) return;
  if (target.closest("[data-open]")) open(row);
  else if (!target.closest("a, button, .row-abstract") && getSelection().isCollapsed) open(row);
}

// --- Progress

// A paper is done when it is read or hidden.
const isDone = (decision) => has(decision, "read") || has(decision, "hidden");

function showProgress() {
  const decisions = read("marks");
  for (const count of document.querySelectorAll("[data-progress]")) {
    const topic = count.closest(".topic");
    const papers = [...topic.querySelectorAll("[data-paper]")];
    const done = papers.filter((one) => isDone(decisions[one.dataset.paper])).length;
    count.textContent = `${done} / ${papers.length}`;
    topic.style.setProperty("--progress", done / papers.length);
  }
}

export function start() {
  document.querySelectorAll(".row").forEach((row) => {
    row.append(document.getElementById("row-open").content.cloneNode(true));
  });
  document.addEventListener("click", onClick);
  document.addEventListener("duizhao:marks", showProgress);
  showProgress();
  startSwiping();
}
