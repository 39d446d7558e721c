/** The switch for light, dark and high contrast answers at once and is remembered in a cookie that the server reads. */
const YEAR = 31536000;
const ATTRIBUTES = { theme: "data-bs-theme", contrast: "data-contrast" };

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value === "auto" ? 0 : YEAR}; samesite=lax${secure}`;
}

function apply(name, value) {
  const root = document.documentElement;
  if (value === "auto") root.removeAttribute(ATTRIBUTES[name]);
  else root.setAttribute(ATTRIBUTES[name], value);
  remember(name, value);
}

function isDark() {
  const chosen = document.documentElement.getAttribute("data-bs-theme");
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function setUpAppearance() {
  document.addEventListener("change", (event) => {
    const { name, value, form } = event.target;
    if (form?.matches("[data-appearance]") && name in ATTRIBUTES) apply(name, value);
  });
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-theme-toggle]");
    if (!toggle) return;
    event.preventDefault();
    apply("theme", isDark() ? "light" : "dark");
  });
}
