/**
 * Builds what the browser needs into src/tandemwerk/ui/static/ui/build/:
 * two stylesheets, two scripts, one sprite of icons, fonts and drawings.
 *
 * File names stay plain here; Django's manifest storage hashes them.
 */
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import esbuild from "esbuild";
import postcss from "postcss";
import * as sass from "sass";

import { logical } from "./logical.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "src", "tandemwerk", "ui", "static", "ui", "build");

/** Chrome 88 is from January 2021: phones that people carry on, not the newest. */
const target = ["chrome88", "firefox88", "safari14.1"];

const FONTS = [
  ["@fontsource-variable/source-sans-3", "source-sans-3", ["latin", "latin-ext", "cyrillic", "cyrillic-ext"]],
  ["@fontsource-variable/vazirmatn", "vazirmatn", ["arabic"]],
];

async function buildStyle(name) {
  const { css } = await sass.compileAsync(join(here, "styles", `${name}.scss`), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin"],
    style: "expanded",
  });
  const turned = postcss([logical()]).process(css, { from: undefined }).css;
  const { code } = await esbuild.transform(turned, { loader: "css", minify: true, target });
  await writeFile(join(out, `${name}.css`), code);
}

async function buildScript(name) {
  await esbuild.build({
    entryPoints: [join(here, "scripts", `${name}.js`)],
    outfile: join(out, `${name}.js`),
    bundle: true,
    format: "iife",
    minify: true,
    legalComments: "none",
    nodePaths: [modules],
    target,
  });
}

async function buildIcons() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").map((line) => line.trim()).filter(Boolean);
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(modules, "bootstrap-icons", "icons", `${name}.svg`), "utf8");
      const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
      return `<symbol id="${name}" viewBox="0 0 16 16">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
    }),
  );
  await writeFile(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function copyFonts() {
  await mkdir(join(out, "fonts"), { recursive: true });
  for (const [source, family, subsets] of FONTS) {
    for (const subset of subsets) {
      const file = `${family}-${subset}-wght-normal.woff2`;
      await cp(join(modules, source, "files", file), join(out, "fonts", file));
    }
    await cp(join(modules, source, "LICENSE"), join(out, "fonts", `${family}-LICENSE.txt`));
  }
}

async function copyArtwork() {
  for (const file of await readdir(join(here, "artwork"))) {
    await cp(join(here, "artwork", file), join(out, file));
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([
  buildStyle("app"),
  buildStyle("map"),
  buildScript("app"),
  buildScript("map"),
  buildIcons(),
  copyFonts(),
  copyArtwork(),
]);
