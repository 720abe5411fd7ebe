// The reader's settings, stored in this browser: a checkbox with data-setting="density"
// value="compact" sets data-density="compact" on <html>, which the stylesheets use. before-paint.js
// sets it first.

import { notify, word } from "./notify.js";
import { change, onChangeElsewhere, read } from "./store.js";

const root = document.documentElement;
const switches = () => document.querySelectorAll("input[data-setting]");

function show() {
  const settings = read("settings");
  switches().forEach((one) => {
    const name = one.dataset.setting;
    one.checked = settings[name] === one.value;
    if (one.checked) root.dataset[name] = one.value;
    else delete root.dataset[name];
  });
  const leftOut = root.dataset.read ? document.querySelectorAll("main [data-read-before]").length : 0;
  document.querySelectorAll("[data-left-out]").forEach((place) => {
    place.textContent = leftOut ? word("left-out", { n: leftOut }) : "";
  });
}

function onChange({ target }) {
  if (!target.matches("input[data-setting]")) return;
  const kept = change("settings", (settings) => {
    if (target.checked) settings[target.dataset.setting] = target.value;
    else delete settings[target.dataset.setting];
  });
  if (target.dataset.setting === "read") leaveOutRead();
  show();
  if (!kept) notify("unkept");
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
  onChangeElsewhere(show);
  addEventListener("pageshow", show); // some browsers restore old checkbox states
}
