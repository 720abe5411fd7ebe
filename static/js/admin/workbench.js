// The workbench by keyboard: every key presses a button or follows a link on the page. Picks and
// judgements go on to the next paper of the queue.

import { keepDrafts } from "./drafts.js";
import { onKeys, press } from "./keys.js";

const bench = document.querySelector("[data-workbench]");
const form = document.getElementById("texts");
const FIELDS = ["title_en", "title_zh", "abstract_en", "abstract_zh"];

// Opens what is folded around the element and puts the cursor into it.
function edit(name) {
  const text = form.elements[name];
  if (!text || text.type === "hidden") return false;
  for (let one = text.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  text.focus();
  if (text.matches("textarea")) text.setSelectionRange(text.value.length, text.value.length);
  return true;
}

function andGoOn(button) {
  if (button && bench.querySelector("a[rel=next]")) form.elements.then.value = "next";
  return press(button);
}

onKeys((key) => {
  if (key === "e") return edit("title_zh");
  if (key === "a") return edit("abstract_zh");
  if (key === "h") return edit("reason");
  if (key === "n" || key === "p") return press(bench.querySelector(`a[data-key="${key}"]`));
  if (key === "y") return andGoOn(form.querySelector('[data-key="y"]'));
  if (/^[1-9]$/.test(key)) return andGoOn(form.querySelector(`[data-pick="title_zh"][data-key="${key}"]`));
  if (/^⇧[1-9]$/.test(key)) return andGoOn(form.querySelector(`[data-pick="abstract_zh"][data-key="${key[1]}"]`));
  return "fsz".includes(key) && press(bench.querySelector(`[data-key="${key}"]`));
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const button = event.ctrlKey || event.metaKey ? { Enter: "[data-save-next]", s: "[data-save]" }[event.key] : null;
  if (button) {
    event.preventDefault();
    press(form.querySelector(button));
  } else if (event.key === "Enter" && event.target.matches("input")) {
    // Enter presses the button of its own part of the page.
    event.preventDefault();
    press(event.target.closest("[data-section]")?.querySelector("button"));
  }
});

const unsaved = bench.querySelector("[data-draft]");
if (unsaved) {
  const discard = keepDrafts(form, bench.dataset.workbench, FIELDS, (any) => (unsaved.hidden = !any));
  unsaved.querySelector("[data-discard]").addEventListener("click", discard);
}

if (location.hash.startsWith("#text-")) {
  edit(location.hash.slice("#text-".length));
  history.replaceState(history.state, "", location.pathname + location.search); // or the next paper opens so, too
}

// Shows the preview in the page, and what looks wrong in what was typed; without this script the
// button opens it as a page of its own.

const preview = document.querySelector("[data-preview-here]");
let latest = 0;

const show = async () => {
  const number = ++latest;
  const body = new FormData(form);
  body.set("act", "preview");
  const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "workbench" } });
  if (answer.ok && number === latest) preview.innerHTML = await answer.text();
};

form.querySelector("[data-preview]")?.addEventListener("click", (event) => {
  event.preventDefault();
  show();
});

let waiting;
form.addEventListener("submit", () => clearTimeout(waiting));
form.addEventListener("input", ({ target }) => {
  if (target.name && !FIELDS.includes(target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(show, 400);
});
