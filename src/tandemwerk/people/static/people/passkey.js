/** Wires the library's passkey functions to our pages: each page says in a data block what it has. */
document.addEventListener("DOMContentLoaded", () => {
  for (const wanted of document.querySelectorAll("script[data-passkey]")) {
    window.allauth.webauthn.forms[wanted.dataset.passkey](JSON.parse(wanted.textContent));
  }
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (trouble) trouble.hidden = false;
});
