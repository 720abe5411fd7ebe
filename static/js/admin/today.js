// The list of today by keyboard: j and k move, the other keys press a button of the row. A decision is
// sent without leaving the page, and the row that takes the place of the decided one is there at once.

import { onKeys, press } from "./keys.js";

const section = () => document.querySelector("[data-today]");
const rows = () => [...section().querySelectorAll("[data-row]")];
let place = 0;

const row = () => rows()[place];

function move(to) {
  place = Math.max(0, Math.min(to, rows().length - 1));
  const link = row()?.querySelector("[data-open]");
  link?.focus({ preventScroll: true });
  row()?.scrollIntoView({ block: "nearest" });
  return true;
}

function hide() {
  const details = row()?.querySelector("details.today-hide");
  if (!details) return false;
  details.open = true;
  details.querySelector("input").focus();
  return true;
}

function editAbstract(link) {
  if (link) link.hash = "text-abstract_zh";
  return press(link);
}

onKeys((key) => {
  if (key === "j" || key === "n") return move(place + 1);
  if (key === "k" || key === "p") return move(place - 1);
  if (key === "o") return press(row()?.querySelector("[data-open]"));
  if (key === "x") return press(row()?.querySelector("input[type=checkbox]"));
  if (key === "h") return hide();
  if (key === "a") return editAbstract(row()?.querySelector('[data-key="e"]'));
  if (key === "Y") return press(document.querySelector('[value="selected:judge_fine"]'));
  if (key === "z") return press(section().querySelector('.last-act [data-key="z"]'));
  return /^[1-9yefs]$/.test(key) && press(row()?.querySelector(`[data-key="${key}"]`));
});

document.addEventListener("focusin", ({ target }) => {
  const at = rows().indexOf(target.closest("[data-row]"));
  if (at >= 0) place = at;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".today-hide input")) return;
  event.preventDefault();
  press(event.target.closest("details").querySelector("button"));
});

let sending = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest("[data-today]") || form.method !== "post") return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, event.submitter) });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url, form.matches(".last-act"));
  } catch {
    form.submit(); // the browser says what is wrong
  } finally {
    sending = false;
  }
});

// Takes list and messages over from the answer; an answer that is another page is opened. The same paper
// keeps the focus; after an undo the one that came back gets it.
function show(page, address, undone) {
  const list = page.querySelector("[data-today]");
  if (!list) return location.assign(address);
  const paper = row()?.dataset.row;
  const before = new Set(rows().map((one) => one.dataset.row));
  section().replaceWith(list);
  const said = document.querySelector("[role=status]");
  said?.replaceChildren(...(page.querySelector("[role=status]")?.childNodes ?? []));
  const there = (one) => (undone ? !before.has(one.dataset.row) : one.dataset.row === paper);
  const wanted = rows().findIndex(there);
  move(wanted < 0 ? place : wanted);
}

move(0);
