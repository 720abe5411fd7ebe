// Share buttons: the device's own list of where to send the page. data-share is its title. The button
// is `hidden` in the HTML; before-paint.js shows it where the browser can share.

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-share]");
    if (!button) return;
    const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    navigator.share({ title: button.dataset.share, url }).catch(() => {}); // the reader chose nothing
  });
}
