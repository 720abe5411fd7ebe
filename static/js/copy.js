// Copy buttons. data-copy="#bibtex" copies the text of the element with this id; any other value is
// copied itself. The button is `hidden` in the HTML and shown by before-paint.js.

import { notify } from "./notify.js";

function textFor(button) {
  const { copy } = button.dataset;
  if (!copy.startsWith("#")) return copy;
  const source = document.querySelector(copy);
  return source.value ?? source.textContent;
}

// Without https there is no clipboard API, only this older command.
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
