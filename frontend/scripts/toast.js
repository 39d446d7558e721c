/** Toasts stay until somebody closes them, except the good ones: these leave after ten seconds unless read. */
const STAY = 10_000;

function watch(toast) {
  if (toast.dataset.toast !== "good") return;
  let timer = setTimeout(() => toast.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const release = () => { timer = setTimeout(() => toast.remove(), STAY); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", release);
}

export function setUpToasts() {
  document.addEventListener("click", (event) => {
    event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
  });
  const region = document.querySelector("[data-toasts]");
  if (!region) return;
  region.querySelectorAll("[data-toast]").forEach(watch);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof HTMLElement) watch(node);
  }).observe(region, { childList: true });
}
