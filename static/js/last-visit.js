// Links to the days since the last visit to the front page. The server lists the newest days; this
// browser remembers which of them it has shown.

import { readText, writeText } from "./store.js";

const NAME = "newest-day-seen";
const line = document.querySelector("[data-newest]");

function showDaysAfter(last) {
  const days = [...line.querySelectorAll("[data-day]")];
  days.forEach((link) => (link.hidden = link.dataset.day <= last));
  line.hidden = days.every((link) => link.hidden);
}

if (line) {
  const seen = readText(NAME) ?? "";
  const { newest } = line.dataset;
  if (seen) showDaysAfter(seen);
  if (newest > seen) writeText(NAME, newest);
}
