// The reader's settings, stored in this browser: a checkbox, or one of several buttons, with
// data-setting="density" value="compact" sets data-density="compact" on <html>, which the
// stylesheets use. A button with an empty value stands for no setting. before-paint.js sets it
// first.

import { notify, word } from "./notify.js";
import { change, onChangeElsewhere, read } from "./store.js";

const root = document.documentElement;
const controls = () => document.querySelectorAll("[data-setting]");

function show() {
  const settings = read("settings");
  controls().forEach((one) => {
    const name = one.dataset.setting;
    const value = settings[name] ?? "";
    if (one.matches("input")) one.checked = value === one.value;
    else one.setAttribute("aria-pressed", value === one.value);
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  });
  const leftOut = root.dataset.read ? document.querySelectorAll("main [data-read-before]").length : 0;
  document.querySelectorAll("[data-left-out]").forEach((place) => {
    place.textContent = leftOut ? word("left-out", { n: leftOut }) : "";
  });
}

function set(name, value) {
  const kept = change("settings", (settings) => {
    if (value) settings[name] = value;
    else delete settings[name];
  });
  if (name === "read") leaveOutRead();
  show();
  if (!kept) notify("unkept");
}

function onChange({ target }) {
  if (target.matches("input[data-setting]")) set(target.dataset.setting, target.checked ? target.value : "");
}

function onClick({ target }) {
  const button = target.closest("button[data-setting]");
  if (button) set(button.dataset.setting, button.value);
}

// Papers are left out if they were read before the list was opened or the setting was changed: a
// paper just read stays in the list.
function leaveOutRead() {
  document.querySelectorAll("[data-paper]").forEach((paper) => {
    paper.toggleAttribute("data-read-before", /\bread\b/.test(paper.dataset.marked));
  });
}

export function start() {
  show();
  document.addEventListener("change", onChange);
  document.addEventListener("click", onClick);
  onChangeElsewhere(show);
  addEventListener("pageshow", show); // some browsers restore old checkbox states
}
