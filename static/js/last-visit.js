// Remembers the newest day that the front page has shown. At the next visit before-paint.js shows
// links to the days since then.

import { readText, writeText } from "./store.js";

const NAME = "newest-day-seen";

export function start() {
  const { newest } = document.querySelector("[data-newest]")?.dataset ?? {};
  if (newest > (readText(NAME) ?? "")) writeText(NAME, newest);
}
