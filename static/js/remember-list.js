// A link from a list to a paper takes the list's address along (?list=…), so that the paper's page
// can lead to the previous and the next one of that list. Only while it is followed: the link itself,
// which readers copy, stays the paper's one address.

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target.closest?.("[data-paper] :is(h2, h3) a, a.row-title");
    if (!link) return;
    const { pathname } = new URL(link.href);
    link.href = `${pathname}?list=${encodeURIComponent(location.pathname + location.search)}`;
    setTimeout(() => link.setAttribute("href", pathname));
  },
  { capture: true },
);
