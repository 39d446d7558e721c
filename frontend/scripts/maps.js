/** Fetches the map's script and style when a map comes near the window, not before. */
let loading = null;

function load(frame) {
  loading ??= new Promise((done, fail) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = frame.dataset.style;
    const script = document.createElement("script");
    script.src = frame.dataset.script;
    script.onload = done;
    script.onerror = fail;
    document.head.append(style, script);
  });
  return loading;
}

export function setUpMaps(root) {
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      load(target).then(() => window.tandemwerkMap(target));
    }
  }, { rootMargin: "200px" });
  for (const frame of root.querySelectorAll("[data-map]")) near.observe(frame);
}
