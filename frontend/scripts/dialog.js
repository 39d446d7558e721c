/**
 * A link with data-dialog="id" opens the dialog of that id; without script it
 * leads to its own page. With data-dialog-load the dialog's body is fetched first.
 */
export function setUpDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (opener && plain) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const closer = event.target.closest("[data-dialog-close]");
    if (closer) closer.closest("dialog")?.close();
    else if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop
  });
  for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
}
