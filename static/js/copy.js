// Buttons that copy. data-copy="#bibtex" copies what the element with this id holds; any other
// value is copied itself. The button is `hidden` in the page and shown by before-paint.js.

import { notify } from "./notify.js";

function textFor(button) {
  const { copy } = button.dataset;
  if (!copy.startsWith("#")) return copy;
  const source = document.querySelector(copy);
  return source.value ?? source.textContent;
}

// Where the page did not come over https there is no clipboard but this old way to it.
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify("copied");
  } catch {
    notify(copyBySelection(text) ? "copied" : "uncopied");
  }
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(textFor(button)).then(() => button.focus());
  });
}
