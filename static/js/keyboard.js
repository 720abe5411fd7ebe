// Keyboard shortcuts for what readers do every day, as in Miniflux. The dialog in the page lists
// the keys, holds the links that `g` goes to, and has the switch that turns shortcuts off (WCAG
// 2.1.4).

import { mark, markAll, toggle, undo } from "./marks.js";
import { has } from "./merge.js";
import { notify } from "./notify.js";
import { paperUnderEye } from "./place.js";
import { read } from "./store.js";

const PATIENCE = 1500; // milliseconds between `g` and the letter that follows
const dialog = document.getElementById("keys");
const PREVIOUS = "main a[rel=prev]";
const NEXT = "main a[rel=next]";
let current = null;
let goingUntil = 0;

const isShown = (element) => element.getClientRects().length > 0;
const papers = () => [...document.querySelectorAll("main [data-paper]")].filter(isShown);
const onItsOwn = () => document.querySelector("article.paper[data-paper]");

// The paper that shortcuts act on: the focused one, or else the last one moved to, or else the
// paper of this page.
function paper() {
  const focused = document.activeElement.closest("[data-paper]");
  if (focused) current = focused;
  if (current?.isConnected && isShown(current)) return current;
  return onItsOwn();
}

// The link of the title to the paper's page, or else the link to arXiv.
function linkOf(one) {
  const toArxiv = `a[href^="https://arxiv.org/abs/"]`;
  return one.querySelector("h2 a, h3 a") ?? one.querySelector(one === onItsOwn() ? toArxiv : "a");
}

function move(step) {
  if (onItsOwn()) return follow(step > 0 ? NEXT : PREVIOUS)();
  const all = papers();
  const here = all.indexOf(paper());
  moveTo(all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step]);
}

function moveToUnread() {
  if (onItsOwn()) return follow(NEXT)();
  const decisions = read("marks");
  const all = papers();
  const later = all.slice(all.indexOf(paper()) + 1);
  moveTo(later.find((one) => !has(decisions[one.dataset.paper], "read") && !has(decisions[one.dataset.paper], "hidden")));
}

function moveTo(next) {
  if (!next) return;
  current = next;
  linkOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// Marks all papers of a list as read; on a day those of one topic, the topic of the current paper
// or else of the paper at the top of the screen.
function readAll(around = paper() ?? paperUnderEye()) {
  const list = around?.closest(".topic") ?? document.querySelector("main .list");
  const decisions = read("marks");
  const ids = [...(list?.querySelectorAll("[data-paper]") ?? [])].map((one) => one.dataset.paper);
  const unread = ids.filter((id) => !has(decisions[id], "read"));
  if (!unread.length) return;
  markAll(unread, "read", true);
  notify("read-all", { n: unread.length }, undo);
}

const withPaper = (act) => () => {
  const one = paper();
  if (one) act(one);
};
const marking = (name) => withPaper((one) => toggle(one.dataset.paper, name));
const follow = (selector) => () => document.querySelector(selector)?.click();

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  o: withPaper((one) => linkOf(one).click()),
  v: withPaper((one) => {
    mark(one.dataset.paper, "read", true);
    open(`https://arxiv.org/abs/${one.dataset.paper}`, "_blank", "noopener");
  }),
  x: withPaper((one) => one.querySelector("[data-open], summary")?.click()),
  s: marking("starred"),
  m: marking("read"),
  h: marking("hidden"),
  A: () => readAll(),
  n: moveToUnread,
  u: follow(".neighbours-where a, .head-kicker a"),
  c: follow("main [data-copy]"),
  z: undo,
  1: follow(".toggle > .segments a:nth-child(1)"),
  2: follow(".toggle > .segments a:nth-child(2)"),
  3: follow(".toggle > .segments a:nth-child(3)"),
  "/": () => document.querySelector("[role=search] input[type=search]")?.select(),
  "[": follow(PREVIOUS),
  "]": follow(NEXT),
  "?": () => dialog.showModal(),
  g: () => (goingUntil = performance.now() + PATIENCE),
};
const ARROWS = { ArrowLeft: "[", ArrowRight: "]" };

// Returns the action of this key; null while the reader types, chooses, or holds a modifier key.
function actionOf(event) {
  const { key, target } = event;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.defaultPrevented || event.isComposing || modified || typesIn(target)) return null;
  if (dialog.open) return key === "?" ? () => dialog.close() : null;
  const going = performance.now() < goingUntil;
  goingUntil = 0;
  if (going) return follow(`#keys [data-go="${CSS.escape(key)}"]`);
  if (key in ARROWS) return scrolls(target) ? null : ACTIONS[ARROWS[key]];
  return Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : null;
}

const typesIn = (element) =>
  element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox])");

// Arrow keys scroll a wide formula or table that has the focus.
const scrolls = (element) => element !== document.body && element.scrollWidth > element.clientWidth;

function onKey(event) {
  const leaving = event.key === "Escape" && !event.defaultPrevented;
  if (leaving && event.target.matches("input[type=search]")) event.target.blur();
  if (document.documentElement.dataset.keys === "off") return;
  const act = actionOf(event);
  if (!act) return;
  event.preventDefault();
  act();
}

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-show-keys]")) dialog.showModal();
    if (target.closest("[data-read-above]")) readAll(target);
  });
}
