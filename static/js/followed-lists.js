// Lists saved under a name: {"/papers/?topic=rag": ["My RAG", 1764037952]}.

import { decide, forget, merge, wordsOf } from "./merge.js";
import { notify } from "./notify.js";
import { change, read } from "./store.js";

const MAX_LISTS = 200;
const LONGEST_NAME = 100;
const LONGEST_ADDRESS = 2000;
const LIST = /^\/(?:papers|topics\/[^/?#]{1,300}|authors\/[^/?#]{1,300})\/(?:\?[^#]*)?$/;

const isList = (address) => address.length <= LONGEST_ADDRESS && LIST.test(address);
const nameFrom = (text) => text.trim().slice(0, LONGEST_NAME);

// The address of a list without page number and page size.
function listAddress(url) {
  const { pathname, searchParams } = new URL(url);
  ["page", "per"].forEach((name) => searchParams.delete(name));
  return searchParams.size ? `${pathname}?${searchParams}` : pathname;
}

// The address of the list's feed.
export function feedAddress(address) {
  const [path, query] = address.split("?");
  return query ? `${path}feed.atom?${query}` : `${path}feed.atom`;
}

// Returns the saved lists as [address, name], ordered by name.
export function savedLists(lists) {
  return Object.entries(lists)
    .map(([address, value]) => [address, wordsOf(value)])
    .filter(([address, name]) => isList(address) && name)
    .sort(([, one], [, other]) => one.localeCompare(other));
}

// Saves a list under a name; an empty name removes it. Returns false if it could not be stored.
export function saveList(address, name) {
  if (!isList(address)) return false;
  return change("lists", (lists) => {
    decide(lists, address, nameFrom(name));
    forgetOldest(lists);
  });
}

// Merges lists saved elsewhere; returns how many changed.
export function mergeLists(lists, others) {
  const changed = merge(lists, others, (address, name) => (isList(address) ? nameFrom(name) : null));
  forgetOldest(lists);
  return changed;
}

function forgetOldest(lists) {
  forget(lists, MAX_LISTS, (value) => (wordsOf(value) ? 1 : 0));
}

// The form on a list's page that saves the list.
export function start() {
  const form = document.querySelector("form[data-save-list]");
  if (!form) return;
  const address = listAddress(location.href);
  const { name } = form.elements;
  name.value = wordsOf(read("lists")[address]) || document.title.split(" · ")[0];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    notify(saveList(address, name.value) ? "list-saved" : "unkept");
  });
}
