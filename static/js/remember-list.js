// Adds the list's address (?list=…) to a link from a list to a paper, so that the paper's page can
// link to the previous and next paper. Only at the click: the link itself, which readers copy,
// stays the paper's canonical address.

function onClick({ target }) {
  const link = target.closest?.("[data-paper] :is(h2, h3) a, a.row-title");
  if (!link) return;
  const { pathname } = new URL(link.href);
  link.href = `${pathname}?list=${encodeURIComponent(location.pathname + location.search)}`;
  setTimeout(() => link.setAttribute("href", pathname));
}

export function start() {
  document.addEventListener("click", onClick, { capture: true });
}
