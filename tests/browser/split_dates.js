// Dates in Chinese with gaps between digits and characters: what is seen of 2025年2月19日 where the
// stylesheet does not keep it together. Texts of papers are their own.
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faults = [];
  while (walker.nextNode()) {
    const { data, parentElement: element } = walker.currentNode;
    if (!/\d[年月日]|[年月]\d/.test(data) || element.closest("script, noscript, .card-title, .reading, .pair")) continue;
    if (getComputedStyle(element).textAutospace !== "no-autospace") faults.push(data.trim().slice(0, 60));
  }
  return faults;
};
