/** «@» and some letters in a text offer names of those who read the space. Without script one writes the name. */
const BEFORE = /(?:^|[^\w@/.])@([\p{L}\p{M}][\p{L}\p{M}\p{N}\s-]{0,30})$/u;
const WAIT = 250;

function typed(area) {
  return BEFORE.exec(area.value.slice(0, area.selectionStart))?.[1] ?? "";
}

function boxOf(area) {
  let box = area.parentElement.querySelector("[data-mention-box]");
  if (!box) {
    box = document.createElement("div");
    box.dataset.mentionBox = "";
    box.setAttribute("aria-live", "polite");
    area.after(box);
  }
  return box;
}

function insert(area, name) {
  const end = area.selectionStart;
  const start = end - typed(area).length;
  area.setRangeText(`${name} `, start, end, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function offer(area) {
  const box = boxOf(area);
  const words = typed(area);
  const form = area.closest("form[data-mentions-url]");
  if (!form || words.length < 2) return box.replaceChildren();
  const place = form.elements.place.value;
  const query = new URLSearchParams({ place, q: words });
  const answer = await fetch(`${form.dataset.mentionsUrl}?${query}`, { credentials: "same-origin" });
  if (!answer.ok || typed(area) !== words) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector(".mention-list");
  return list ? box.replaceChildren(list) : box.replaceChildren();
}

export function setUpMentions() {
  let waiting = 0;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("textarea[data-mentions]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(target), WAIT);
  });
  document.addEventListener("click", ({ target }) => {
    const name = target.closest?.("[data-mention]")?.dataset.mention;
    const box = target.closest?.("[data-mention-box]");
    if (!name || !box) return;
    insert(box.parentElement.querySelector("textarea"), name);
    box.replaceChildren();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target.matches?.("textarea[data-mentions]")) boxOf(target).replaceChildren();
  });
}
