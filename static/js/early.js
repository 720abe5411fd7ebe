// Runs while the page is read and before it is painted, so that nothing moves later: the reader's
// switches on <html>, the marks on papers, and the tools that are `hidden` where scripts are off.
// It only reads; settings.js and marks.js write, and store.js says how it is kept.
(() => {
  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(`duizhao.${name}`)).entries ?? {};
    } catch {
      return {}; // nothing kept, not readable, or storage is forbidden
    }
  };

  const settings = kept("settings");
  for (const name of ["density", "keys", "pairs", "read"]) {
    if (typeof settings[name] === "string") document.documentElement.dataset[name] = settings[name];
  }

  const marks = kept("marks");
  const paint = (element) => {
    if (element.dataset?.paper) {
      const words = marks[element.dataset.paper]?.[0];
      if (typeof words === "string") {
        element.dataset.marked = words;
        element.toggleAttribute("data-read-before", words.includes("read"));
      }
    } else if (element.hidden && element.matches("[data-tool], [data-copy]")) {
      element.hidden = false;
    }
  };

  const watch = new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(paint);
  });
  watch.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watch.takeRecords().forEach((change) => change.addedNodes.forEach(paint));
    watch.disconnect();
  });
})();
