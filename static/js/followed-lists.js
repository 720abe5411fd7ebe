// The lists that the reader follows, by address: {"/papers/?topic=rag": ["My RAG", 1764037952]} in
// the item "lists"; and what was seen of each: {"/papers/?topic=rag": ["2025-02-19 13", 1764037952]}
// in the item "seen" means that the list had 13 papers from that day on when the reader saw it.

import { decide, forget, merge, wordsOf } from "./merge.js";
import { change, read } from "./store.js";

const MAX_LISTS = 200;
const LONGEST_NAME = 100;
const LONGEST_ADDRESS = 2000;
const LIST = /^\/(?:papers|topics\/[^/?#]{1,300}|authors\/[^/?#]{1,300}|glossary\/[^/?#]{1,300})\/(?:\?[^#]*)?$/;
const SEEN = /^(\d{4}-\d{2}-\d{2}) (\d{1,6})$/;
const NOT_THE_LIST = ["page", "per", "sort", "lang"]; // parameters that do not change which papers it has

const isList = (address) => address.length <= LONGEST_ADDRESS && LIST.test(address);
const nameFrom = (text) => text.trim().slice(0, LONGEST_NAME);

// Returns the one address of a list: its parameters in order, without those of a page.
export function listAddress(address) {
  const { pathname, searchParams } = new URL(address, location.origin);
  NOT_THE_LIST.forEach((name) => searchParams.delete(name));
  searchParams.sort();
  return searchParams.size ? `${pathname}?${searchParams}` : pathname;
}

// Returns the address of the list's feed.
export function feedAddress(address) {
  const [path, query] = address.split("?");
  return query ? `${path}feed.atom?${query}` : `${path}feed.atom`;
}

// Returns the address at which the list is asked for by mail, where the site sends lists.
export const mailAddress = (address) => `/mail/?list=${encodeURIComponent(address)}`;

// Lists saved by older versions have their parameters in any order, and a language.
function withOneAddress(lists) {
  for (const [address, value] of Object.entries(lists)) {
    if (!isList(address) || listAddress(address) === address) continue;
    delete lists[address];
    merge(lists, { [listAddress(address)]: value }, (_, name) => name);
  }
  return lists;
}

// --- Following

// Returns the followed lists as [address, name], ordered by name.
export function followedLists(lists = read("lists")) {
  return Object.entries(withOneAddress(lists))
    .map(([address, value]) => [address, wordsOf(value)])
    .filter(([address, name]) => isList(address) && name)
    .sort(([, one], [, other]) => one.localeCompare(other));
}

export const isFollowed = (address) => wordsOf(withOneAddress(read("lists"))[address]) !== "";

// Follows a list under a name; an empty name unfollows it. Returns false if it could not be stored.
export function follow(address, name) {
  if (!isList(address)) return false;
  return change("lists", (lists) => {
    decide(withOneAddress(lists), address, nameFrom(name));
    forgetOldest(lists);
  });
}

// Merges lists followed elsewhere; returns how many changed.
export function mergeLists(lists, others) {
  const changed = merge(withOneAddress(lists), withOneAddress(others), (address, name) =>
    isList(address) ? nameFrom(name) : null,
  );
  forgetOldest(lists);
  return changed;
}

function forgetOldest(entries) {
  forget(entries, MAX_LISTS, (value) => (wordsOf(value) ? 1 : 0));
}

// --- What was seen

// Returns what the reader has seen of each list: {address: {day, papers}}.
export function seenLists() {
  const known = Object.entries(read("seen")).map(([address, value]) => [address, SEEN.exec(wordsOf(value))]);
  return Object.fromEntries(
    known.filter(([, seen]) => seen).map(([address, [, day, papers]]) => [address, { day, papers: Number(papers) }]),
  );
}

// Remembers what the reader has seen, as seenLists() returns it. Unchanged lists stay as they are.
export function rememberSeen(lists) {
  const before = read("seen");
  const words = ({ day, papers }) => `${day} ${papers}`;
  const changed = Object.entries(lists).filter(([address, seen]) => wordsOf(before[address]) !== words(seen));
  if (!changed.length) return;
  change("seen", (entries) => {
    changed.forEach(([address, seen]) => decide(entries, address, words(seen)));
    forgetOldest(entries);
  });
}

// Merges what was seen elsewhere.
export function mergeSeen(entries, others) {
  merge(entries, others, (address, words) => (isList(address) && SEEN.test(words) ? words : null));
  forgetOldest(entries);
}
