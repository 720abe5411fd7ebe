// Runs before the first paint, so that nothing moves or changes colour later. Sets the theme, the
// reader's settings on <html>, the marks on papers, whether lists are followed, and shows tools that
// are `hidden` without scripts. It is not a module, because modules run after the first paint, so it cannot import
// store.js, which documents the storage format. It only reads; theme.js, settings.js, marks.js and
// followed-lists.js write.
(() => {
  const text = (name) => {
    try {
      return localStorage.getItem(`duizhao.${name}`);
    } catch {
      return null; // storage is blocked
    }
  };
  const kept = (name) => {
    try {
      return JSON.parse(text(name)).entries ?? {};
    } catch {
      return {}; // nothing stored, or not readable
    }
  };

  document.documentElement.dataset.scripts = ""; // tells the stylesheets that scripts run
  // Where the browser goes to a place within the page, everything above must have its height.
  const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash;
  document.documentElement.toggleAttribute("data-new-visit", isNew);

  // The theme sets the media query of the dark stylesheet. Its <link> comes before this script.
  const sheet = document.querySelector("[data-theme-sheet]");
  const media = { light: "not all", dark: "all", system: sheet.media };
  const paintTheme = (theme) => {
    sheet.media = Object.hasOwn(media, theme) ? media[theme] : media.system;
  };
  paintTheme(text("theme"));
  document.addEventListener("duizhao:theme", ({ detail }) => paintTheme(detail));

  const settings = kept("settings");
  for (const name of ["density", "keys", "pairs", "read", "size"]) {
    if (typeof settings[name] === "string") document.documentElement.dataset[name] = settings[name];
  }

  const lists = kept("lists");
  const isFollowed = (address) => Boolean(lists[address]?.[0]);
  document.documentElement.toggleAttribute("data-follows", Object.keys(lists).some(isFollowed));

  const tools = navigator.share ? "[data-tool], [data-copy], [data-share]" : "[data-tool], [data-copy]";
  const seen = text("newest-day-seen");
  const marks = kept("marks");
  const paint = (element) => {
    if (element.dataset?.paper) {
      const words = marks[element.dataset.paper]?.[0];
      if (typeof words === "string") {
        element.dataset.marked = words;
        element.toggleAttribute("data-read-before", words.includes("read"));
      }
    } else if (element.hidden && element.matches(tools)) {
      element.hidden = false;
      if (element.dataset.follow) element.toggleAttribute("data-following", isFollowed(element.dataset.follow));
    } else if (seen && element.dataset?.before) {
      element.hidden = element.dataset.before <= seen; // the days since the last visit
    } else if (seen && element.dataset?.day) {
      element.hidden = element.dataset.day <= seen;
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
