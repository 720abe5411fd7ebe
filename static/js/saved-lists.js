// The followed lists on the reader's desk, each with its new papers and its newest title.

import { feedAddress, follow, followedLists, mailAddress } from "./followed-lists.js";
import { newsOf, seeNow } from "./new-papers.js";
import { notify, word } from "./notify.js";

const part = (name) => document.querySelector(`[data-saved-${name}]`);
const lists = part("lists");
let news = {}; // by address; empty until the site has answered

const KINDS = [
  [/^\/topics\//, "topic"],
  [/^\/authors\//, "author"],
  [/^\/glossary\//, "term"],
  [/[?&]q=/, "search"],
];
const kindOf = (address) => word(KINDS.find(([pattern]) => pattern.test(address))?.[1] ?? "list");

// Draws the rows at once, and again when the site has told the news.
export async function drawLists() {
  const all = followedLists();
  show(all);
  if (!all.length) return;
  try {
    news = await newsOf(all.map(([address]) => address));
    show(followedLists());
  } catch {
    notify("unreachable");
  }
}

function show(all) {
  part("following").hidden = all.length === 0;
  part("count-lists").textContent = all.length;
  part("opml").hidden = all.length === 0;
  lists.replaceChildren(...all.map(([address, name]) => rowOf(address, name, news[address])));
  const known = all.map(([address]) => news[address]).filter(Boolean);
  const number = known.reduce((sum, { count }) => sum + count, 0);
  const plus = known.some(({ count, isMore }) => count && isMore) ? "+" : "";
  const said = number ? word("new-papers", { n: `${number}${plus}` }) : word("no-new-papers");
  part("news").textContent = known.length ? said : "";
  document.querySelector("[data-saved-do=see]").hidden = number === 0;
}

function rowOf(address, name, found) {
  const row = part("list").content.cloneNode(true);
  const element = (selector) => row.querySelector(selector);
  const lang = /\p{Script=Han}/u.test(name) ? "zh-Hans" : "en";
  Object.assign(element(".followed-name"), { href: address, textContent: name, lang });
  element(".followed-kind").textContent = kindOf(address);
  element(".followed-new").append(...(found && !found.error ? [countOf(found)] : []));
  showNewest(element(".followed-newest"), found);
  element(".followed-edit a").href = feedAddress(address);
  element("[data-by-mail]")?.setAttribute("href", mailAddress(address));
  element(".followed-edit button").dataset.savedUnfollow = address;
  return row;
}

function countOf({ count, isMore }) {
  const number = document.createElement(count ? "strong" : "span");
  number.textContent = count ? `+${count}${isMore ? "+" : ""}` : word("none-new");
  return number;
}

// The place of the title is kept until the site has answered, so that nothing moves.
function showNewest(link, found) {
  const titles = found?.paper?.title;
  const language = lists.dataset.languages.split(" ").find((one) => titles?.[one]);
  if (language) {
    Object.assign(link, { href: found.paper.address, textContent: titles[language] });
    link.lang = language === "zh" ? "zh-Hans" : "en";
  } else {
    link.removeAttribute("href");
    link.textContent = found?.error ? word("gone") : "";
  }
}

export async function seeAll() {
  try {
    await seeNow(followedLists().map(([address]) => address));
    await drawLists();
    part("lists").querySelector("a")?.focus();
  } catch {
    notify("unreachable");
  }
}

export function unfollow(address) {
  notify(follow(address, "") ? "unfollowed" : "unkept");
  show(followedLists());
  document.getElementById("saved-lists").focus();
}

export function edit(button) {
  const isEdited = lists.toggleAttribute("data-editing");
  button.setAttribute("aria-pressed", isEdited);
}
