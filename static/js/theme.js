// Theme buttons: light, dark or as the system. before-paint.js applies the choice before the first
// paint of the next page.

import { onChangeElsewhere, readText, writeText } from "./store.js";

const buttons = () => document.querySelectorAll("[data-theme-choice]");

function show(theme) {
  document.dispatchEvent(new CustomEvent("duizhao:theme", { detail: theme }));
  buttons().forEach((button) => {
    button.setAttribute("aria-pressed", button.dataset.themeChoice === theme);
  });
}

// Returns the stored choice; "" means as the system.
function chosen() {
  const theme = readText("theme");
  return [...buttons()].some((button) => button.dataset.themeChoice === theme) ? theme : "";
}

export function start() {
  show(chosen());
  onChangeElsewhere(() => show(chosen()));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-theme-choice]");
    if (!button) return;
    writeText("theme", button.dataset.themeChoice);
    show(button.dataset.themeChoice);
  });
}
