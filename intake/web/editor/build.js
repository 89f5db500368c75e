// Bundles editor.js into ../static/editor.js, with the licences of all that is in it beside it.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const made = await build({
  entryPoints: ["editor.js"], bundle: true, minify: true, format: "iife", target: "es2022", metafile: true,
  outfile: "../static/editor.js", legalComments: "none", charset: "utf8",
  banner: { js: "// Made by `npm run build` in intake/web/editor. Licences: editor-licences.txt" },
});
const packages = [...new Set(Object.keys(made.metafile.inputs).map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]))];
const licences = packages.filter(Boolean).sort().map((name) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`));
  return `${name} ${version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`;
});
writeFileSync("../static/editor-licences.txt", licences.join(`\n${"-".repeat(80)}\n\n`));
