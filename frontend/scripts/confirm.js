/** A form or button with data-confirm asks first, in a dialog of the page, naming what will happen. */
export function setUpConfirm() {
  const dialog = document.querySelector("dialog[data-confirm-dialog]");
  if (!dialog) return;
  let waiting = null;

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const sentence = submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!sentence || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form, submitter };
    dialog.querySelector("[data-confirm-sentence]").textContent = sentence;
    dialog.querySelector("[value=yes]").textContent = submitter?.textContent.trim() || dialog.dataset.yes;
    dialog.returnValue = "";
    dialog.showModal();
  }, true);

  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes" || !waiting) return;
    const { form, submitter } = waiting;
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
    waiting = null;
  });
}
