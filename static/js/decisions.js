// The reader's decisions about papers, without page or storage: {"2501.17161": ["starred read", …]}.

import { decide, forget, merge, wordsOf } from "./newest.js";

export const MARKS = ["starred", "read", "hidden"];
const MOST = 10_000;
const ARXIV_ID = /^(?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?\/\d{7})$/;

export const isId = (id) => ARXIV_ID.test(id);

const inOrder = (marks) => MARKS.filter((mark) => marks.includes(mark));
export const marksOf = (decision) => inOrder(wordsOf(decision).split(" "));
export const has = (decision, mark) => marksOf(decision).includes(mark);
const withStar = (marks) => [...marks.filter((mark) => mark !== "hidden"), "starred"];
const words = (marks) => inOrder(marks).join(" ");

// Sets or takes back one mark. A star brings back what was hidden.
export function setMark(decisions, id, mark, on) {
  const others = marksOf(decisions[id]).filter((one) => one !== mark);
  const marks = !on ? others : mark === "starred" ? withStar(others) : [...others, mark];
  decide(decisions, id, words(marks));
}

// Takes in decisions made elsewhere; returns how many papers changed.
export function mergeMarks(decisions, others) {
  return merge(decisions, others, (id, given) => (isId(id) ? words(given.split(" ")) : null));
}

// Stars papers as of this second, unless something newer was decided; returns how many changed.
export function star(decisions, ids, time) {
  const starred = ids.map((id) => [id, [words(withStar(marksOf(decisions[id]))), time]]);
  return mergeMarks(decisions, Object.fromEntries(starred));
}

// Of too many decisions forgets those taken back, then papers read or hidden; never a star.
export function forgetOldest(decisions) {
  forget(decisions, MOST, (one) => (has(one, "starred") ? Infinity : Math.sign(marksOf(one).length)));
}

// The papers with this mark, newest first as in every list, so that reading one does not move it.
export function marked(decisions, mark) {
  return Object.keys(decisions)
    .filter((id) => isId(id) && has(decisions[id], mark))
    .sort()
    .reverse();
}
