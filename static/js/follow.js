// Buttons that follow a list: data-follow holds its address, data-name its name. On the page of the
// list itself (data-follow-here) a followed list counts as seen.

import { follow, isFollowed, listAddress } from "./followed-lists.js";
import { seeNow } from "./new-papers.js";
import { notify } from "./notify.js";
import { onChangeElsewhere } from "./store.js";

const buttons = () => document.querySelectorAll("[data-follow]");
const addressOf = (button) => listAddress(button.dataset.follow);

function show() {
  buttons().forEach((button) => button.toggleAttribute("data-following", isFollowed(addressOf(button))));
}

// Counts start now. If the site does not answer, they start the next time that it does.
const see = (addresses) => seeNow(addresses).catch(() => {});

function press(button) {
  const address = addressOf(button);
  const name = isFollowed(address) ? "" : button.dataset.name;
  const kept = follow(address, name);
  show();
  notify(kept ? (name ? "followed" : "unfollowed") : "unkept");
  if (kept && name) see([address]);
}

export function start() {
  show();
  onChangeElsewhere(show);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-follow]");
    if (button) press(button);
  });
  const here = document.querySelector("[data-follow-here][data-following]");
  if (here) see([addressOf(here)]);
}
