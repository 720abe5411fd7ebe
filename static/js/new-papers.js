// Asks the site how many papers the followed lists have since the reader last saw them:
// /desk/new?list=2025-02-19/topics/rag/&list=…, which caches may answer. docs/desk.md documents it.

import { followedLists, rememberSeen, seenLists } from "./followed-lists.js";

const MAX_LISTS = 50; // the same limit as the server's
const LONGEST_ADDRESS = 7000; // characters; web servers refuse more than about 8,000
const NOTHING_YET = "1970-01-01"; // seen of a list that had no papers

// Returns the addresses to ask, each with as many lists as it may hold.
function addressesFor(lists) {
  const all = [new URLSearchParams()];
  for (const list of lists) {
    const longer = `${all.at(-1)}`.length + encodeURIComponent(list).length + 6 > LONGEST_ADDRESS;
    if (longer || all.at(-1).size === MAX_LISTS) all.push(new URLSearchParams());
    all.at(-1).append("list", list);
  }
  return all.map((query) => `/desk/new?${query}`);
}

async function answerOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).lists;
}

// Returns the news of these lists: {address: {count, isMore, paper, error, seen}}. `count` papers
// are new, further ones if `isMore`; `paper` is the newest; `seen` is what rememberSeen() stores
// when the reader has seen them. Of a list seen for the first time nothing is new.
export async function newsOf(addresses) {
  const seen = seenLists();
  const names = new Map(addresses.map((address) => [`${seen[address]?.day ?? ""}${address}`, address]));
  const answers = (await Promise.all(addressesFor(names.keys()).map(answerOf))).flat();
  const news = Object.fromEntries(
    answers.map(({ list, ...answer }) => [names.get(list), newsFrom(answer, seen[names.get(list)])]),
  );
  rememberSeen(
    Object.fromEntries(
      Object.entries(news)
        .filter(([address, { error }]) => !seen[address] && !error)
        .map(([address, one]) => [address, one.seen]),
    ),
  );
  return news;
}

function newsFrom({ papers, more, newest, on_newest, paper, error }, seen) {
  return {
    count: seen && !error ? Math.max(papers - seen.papers, 0) : 0,
    isMore: Boolean(more),
    paper,
    error,
    seen: newest ? { day: newest, papers: on_newest } : (seen ?? { day: NOTHING_YET, papers: 0 }),
  };
}

// Returns the followed lists with their news, as [address, name, news].
export async function followedNews() {
  const lists = followedLists();
  if (!lists.length) return [];
  const news = await newsOf(lists.map(([address]) => address));
  return lists.map(([address, name]) => [address, name, news[address]]);
}

// Remembers that the reader has seen these lists as they are now; returns their news.
export async function seeNow(addresses) {
  const news = await newsOf(addresses);
  const sound = Object.entries(news).filter(([, { error }]) => !error);
  rememberSeen(Object.fromEntries(sound.map(([address, { seen }]) => [address, seen])));
  return news;
}
