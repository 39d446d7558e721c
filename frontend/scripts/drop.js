/**
 * A file can be dropped on the field's whole area; its name is shown. The browser's own button
 * speaks the browser's language: with this script the page's button stands in its place.
 */
export function setUpDrops(root) {
  for (const area of root.querySelectorAll("[data-drop]")) {
    area.classList.add("drop--ready");
    const input = area.querySelector("input[type=file]");
    const name = area.querySelector("[data-drop-name]");
    const show = () => {
      name.textContent = [...input.files].map((file) => file.name).join(", ");
      name.hidden = input.files.length === 0;
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"])
      area.addEventListener(kind, (event) => {
        event.preventDefault();
        area.classList.add("drop--over");
      });
    for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("drop--over"));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      show();
    });
  }
}
