// The days between this visit to the front page and the one before, each a link. The server lists
// the newest days; this browser remembers which it has seen.

const KEY = "duizhao.newest-day-seen";
const line = document.querySelector("[data-newest]");

function seen() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is forbidden: every visit is the first
  }
}

function remember(day) {
  try {
    if (day > seen()) localStorage.setItem(KEY, day);
  } catch {
    // nothing to be done, and nothing lost
  }
}

function showDaysAfter(last) {
  const days = [...line.querySelectorAll("[data-day]")];
  days.forEach((link) => (link.hidden = link.dataset.day <= last));
  line.hidden = days.every((link) => link.hidden);
}

if (line) {
  if (seen()) showDaysAfter(seen());
  remember(line.dataset.newest);
}
