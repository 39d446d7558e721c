/** After a rejected form the summary of errors is what one reads first, except in examples. */
export function setUpErrorSummary(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector("[data-error-summary]");
  if (!summary?.closest("[data-example]")) summary?.focus();
}
