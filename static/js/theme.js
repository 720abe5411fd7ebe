// Light, dark or as the system. Runs before the first paint, after the dark sheet's link: the choice
// is when that sheet applies. It also tells the stylesheets that scripts are there.

(() => {
  const KEY = "duizhao.theme";
  const MEDIA = { light: "not all", dark: "all" };
  const root = document.documentElement;
  const sheet = document.querySelector("[data-theme-sheet]");
  const bySystem = sheet.media;
  root.dataset.scripts = "";

  const chosen = () => {
    try {
      const theme = localStorage.getItem(KEY);
      return Object.hasOwn(MEDIA, theme) ? theme : "";
    } catch {
      return ""; // storage is forbidden: as the system
    }
  };

  const show = (theme) => {
    sheet.media = MEDIA[theme] ?? bySystem;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", button.dataset.themeChoice === theme);
    }
  };

  const choose = (theme) => {
    show(theme);
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // it lasts as long as this page
    }
  };

  show(chosen());
  document.addEventListener("DOMContentLoaded", () => show(chosen()));
  addEventListener("storage", () => show(chosen()));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-theme-choice]");
    if (button) choose(button.dataset.themeChoice);
  });
})();
