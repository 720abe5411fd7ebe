// Opens the abstract below a title. Fetches it from the paper's page, once.

async function abstractOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelectorAll(".paper-abstract :is(.reading, .sentences, .doubts)");
}

async function fill(details, link) {
  details.dataset.filled = "";
  try {
    details.append(...(await abstractOf(link.href + location.search)));
  } catch {
    location.assign(link.href); // the page itself reports the error
  }
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".row-abstract") || !target.open || "filled" in target.dataset) return;
    fill(target, target.closest("[data-paper]").querySelector("a"));
  },
  { capture: true },
);
