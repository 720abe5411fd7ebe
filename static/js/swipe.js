// A row that is swiped to the right is starred, to the left hidden; both can be undone.

import { mark, undo } from "./marks.js";
import { has } from "./merge.js";
import { notify } from "./notify.js";
import { read } from "./store.js";

const STARTS = 12; // pixels to one side before the row moves with the finger
const COUNTS = 72; // pixels after which the swipe counts
const EDGE = 24; // pixels at the sides of the screen, which belong to the browser's own gestures

let swipe = null; // {row, x, y, moves}

function onDown(event) {
  const row = event.target.closest?.(".row:not([data-marked~=hidden])");
  const atEdge = event.clientX < EDGE || event.clientX > innerWidth - EDGE;
  const isTouch = event.isPrimary && event.pointerType === "touch";
  swipe = row && isTouch && !atEdge ? { row, x: event.clientX, y: event.clientY, moves: false } : null;
}

function onMove(event) {
  if (!swipe || !event.isPrimary) return;
  const [across, down] = [event.clientX - swipe.x, event.clientY - swipe.y];
  if (!swipe.moves) {
    if (Math.abs(across) < STARTS || Math.abs(across) < 2 * Math.abs(down)) return;
    swipe.moves = true;
  }
  swipe.row.style.setProperty("--swiped", `${across}px`);
  swipe.row.dataset.swiped = across > COUNTS ? "starred" : across < -COUNTS ? "hidden" : "";
}

function onUp() {
  if (!swipe?.moves) return end();
  const { row } = swipe;
  const name = row.dataset.swiped;
  end();
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
  if (!name) return;
  const on = name === "hidden" || !has(read("marks")[row.dataset.paper], name);
  mark(row.dataset.paper, name, on);
  if (on) notify(`${name}-one`, {}, undo);
}

// The click that ends the swipe does not open the row.
const swallow = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

function end() {
  swipe?.row.style.removeProperty("--swiped");
  delete swipe?.row.dataset.swiped;
  swipe = null;
}

export function start() {
  document.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("pointercancel", end);
}
