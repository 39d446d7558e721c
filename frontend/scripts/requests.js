/** How htmx asks: with the CSRF token, showing rejected forms, forgetting pages of a signed-out person. */
export function setUpHtmx(htmx) {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0, // nothing personal stays in local storage
    refreshOnHistoryMiss: true,
    scrollIntoViewOnBoost: false,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, headers, elt } = event.detail;
    if (verb === "get") return;
    const form = elt.closest("form") ?? document;
    const token = form.querySelector("[name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) headers["X-CSRFToken"] = token.value;
  });

  document.addEventListener("htmx:responseError", showTrouble);
  document.addEventListener("htmx:sendError", showTrouble);
}

/** The sentence stands in the page, translated, as a template. */
function showTrouble() {
  const toasts = document.querySelector("[data-toasts]");
  const trouble = document.querySelector("template[data-trouble]");
  if (toasts && trouble) toasts.append(trouble.content.cloneNode(true));
}
