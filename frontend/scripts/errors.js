/** After a rejected form the summary of errors is what one reads first. */
export function setUpErrorSummary(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector("[data-error-summary]");
  summary?.focus();
}
