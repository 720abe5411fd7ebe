// Keyboard shortcuts of the workbench. Every key presses a button or follows a link on the page.

const bench = document.querySelector("[data-workbench]");
const form = document.getElementById("texts");

const inText = (element) => element.matches("input, textarea, select");

const press = (event, element) => {
  if (!element) return;
  event.preventDefault();
  element.click();
};

const edit = (event, name) => {
  const text = form.elements[name];
  if (!text) return;
  event.preventDefault();
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // an input method is writing Chinese
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter") press(event, form.querySelector("[data-save-next]"));
    if (event.key === "s") press(event, form.querySelector("[data-save]"));
    return;
  }
  if (event.altKey) return;
  if (inText(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "e") edit(event, "title_zh");
  else if (event.key === "a") edit(event, "abstract_zh");
  else if (event.key === "n" || event.key === "p") press(event, bench.querySelector(`a[data-key="${event.key}"]`));
  else if (/^[1-9]$/.test(event.key)) press(event, form.querySelector(`[data-pick="title_zh"][data-key="${event.key}"]`));
});

// Shows the preview in the page; without this script the button opens it as a page of its own.

const preview = document.querySelector("[data-preview-here]");
let latest = 0;

const show = async () => {
  const number = ++latest;
  const body = new FormData(form);
  body.set("act", "preview");
  const answer = await fetch(window.location.href, { method: "POST", body, headers: { "X-Requested-With": "workbench" } });
  if (answer.ok && number === latest) preview.innerHTML = await answer.text();
};

form.querySelector("[data-preview]")?.addEventListener("click", (event) => {
  event.preventDefault();
  show();
});

let waiting;
form.addEventListener("submit", () => clearTimeout(waiting));
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 400);
});
