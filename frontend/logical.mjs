/**
 * Turns Bootstrap's "left" and "right" into start and end, so that one
 * stylesheet serves both directions, even two directions on one page (a German
 * post on an Arabic page). Bootstrap always means the reading direction when it
 * says left or right, with the exceptions it marks by rtl: comments; we load
 * none of the parts that carry such marks except Reboot's, which are listed.
 */
const NAMES = {
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  "border-left": "border-inline-start",
  "border-right": "border-inline-end",
  "border-left-width": "border-inline-start-width",
  "border-right-width": "border-inline-end-width",
  left: "inset-inline-start",
  right: "inset-inline-end",
  "border-top-left-radius": "border-start-start-radius",
  "border-top-right-radius": "border-start-end-radius",
  "border-bottom-left-radius": "border-end-start-radius",
  "border-bottom-right-radius": "border-end-end-radius",
};
const VALUES = {
  "text-align": { left: "start", right: "end" },
  float: { left: "inline-start", right: "inline-end" },
  clear: { left: "inline-start", right: "inline-end" },
};
/** Selectors whose physical sides are meant: telephone numbers and mail stay left to right. */
const PHYSICAL = [/\[type="?(tel|url|email|number)"?\]/, /\.leaflet-/];

export function logical() {
  return {
    postcssPlugin: "tandemwerk-logical",
    Declaration(node) {
      // Leaflet's own pictures and a hack for Internet Explorer: we use neither.
      if (/url\((["']?)(images\/|#default)/.test(node.value)) {
        node.remove();
        return;
      }
      const selector = node.parent?.selector ?? "";
      if (PHYSICAL.some((pattern) => pattern.test(selector))) return;
      if (NAMES[node.prop]) node.prop = NAMES[node.prop];
      const values = VALUES[node.prop];
      const important = node.value.trim();
      if (values?.[important]) node.value = values[important];
    },
  };
}
logical.postcss = true;
