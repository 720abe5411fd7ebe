// Keeps the paper under the reader's eye when the language changes: the next page scrolls to the
// same paper, at the same distance from the top. Without scripts a link in each row leads back to
// that row.

import { layOutAll } from "./later-topics.js";

const NAME = "duizhao.place"; // in the storage of this tab: {"id": "p-2501.17161", "top": 212}
const NEAR = 100; // pixels; a page that is scrolled less simply starts at its top

// The height of what stays at the top of the page.
const covered = () => {
  const bar = document.querySelector(".bar").getBoundingClientRect();
  const head = document.querySelector(".topic-head")?.getBoundingClientRect().height ?? 0;
  return bar.bottom + head;
};

export function paperUnderEye() {
  const top = covered();
  const papers = [...document.querySelectorAll("main [data-paper]")];
  return papers.find((paper) => paper.getBoundingClientRect().bottom > top + 1);
}

function keep(paper) {
  const place = { id: paper.id, top: paper.getBoundingClientRect().top };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
    return true;
  } catch {
    return false; // storage is blocked
  }
}

function take() {
  try {
    const place = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return place;
  } catch {
    return null;
  }
}

function onClick(event) {
  const link = event.target.closest(".toggle a");
  const paper = link && scrollY > NEAR && paperUnderEye();
  if (!paper?.id || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const url = new URL(link.href);
  // The browser itself can only scroll to the paper, not to the distance from the top.
  if (!keep(paper)) url.searchParams.set("next", `${location.pathname}${location.search}#${paper.id}`);
  location.replace(url);
}

function goTo({ id, top }) {
  const paper = document.getElementById(id);
  if (paper) scrollBy({ top: paper.getBoundingClientRect().top - top, behavior: "instant" });
}

export function start() {
  document.addEventListener("click", onClick);
  const place = take();
  if (!place) return;
  layOutAll();
  goTo(place);
  addEventListener("load", () => goTo(place), { once: true });
}
