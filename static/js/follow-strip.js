// A line on the front page: how many new papers the followed lists have. Its place is kept from the
// first paint if the reader follows a list (before-paint.js), so that nothing moves.

import { followedNews } from "./new-papers.js";
import { word } from "./notify.js";

const MAX_NAMES = 3;
const strip = document.querySelector("[data-follow-strip]");

const plus = ({ count, isMore }) => (isMore ? `${count}+` : `${count}`);

function show(lists) {
  const fresh = lists.filter(([, , news]) => news?.count).sort((one, other) => other[2].count - one[2].count);
  const number = fresh.reduce((sum, [, , { count }]) => sum + count, 0);
  const isMore = fresh.some(([, , news]) => news.isMore);
  strip.querySelector("[data-follow-number]").textContent = number
    ? word("new-papers", { n: plus({ count: number, isMore }) })
    : "";
  const names = fresh.slice(0, MAX_NAMES).map(([address, name, news]) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = `${name} ${plus(news)}`;
    return link;
  });
  const nothing = document.createTextNode(word("no-new-papers"));
  strip.querySelector("[data-follow-names]").replaceChildren(...(number ? names : [nothing]));
}

export function start() {
  if (strip) followedNews().then((lists) => lists.length && show(lists), () => {});
}
