/** Whoever picks a language in the menu finds it again: a cookie that the address «/» reads. */
const YEAR = 31536000;

export function setUpLanguages() {
  document.addEventListener("click", (event) => {
    const language = event.target.closest(".menu a[hreflang]")?.hreflang;
    if (!language) return;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `language=${language}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  });
}
