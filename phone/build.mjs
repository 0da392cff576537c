// Builds the page twice over: static files in dist/site, and one self-contained file, dist/jamjar.html.
// Nothing of the folder, the time or the machine goes into them, so everyone's are the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const read = (name) => readFileSync(`${here}src/app/${name}`, "utf8");
const sha256 = (text, form) => createHash("sha256").update(text).digest(form);

async function bundled(entry, define = {}) {
  const options = { bundle: true, minify: true, format: "iife", target: "es2022", charset: "ascii", legalComments: "inline" };
  const { outputFiles } = await build({ ...options, define, entryPoints: [`src/app/${entry}`], absWorkingDir: here, write: false });
  return outputFiles[0].text;
}

const connect = "connect-src https: http://127.0.0.1:* http://localhost:*";
const csp = (script, style, more) =>
  `default-src 'none'; script-src ${script} 'wasm-unsafe-eval'; style-src ${style}; ${connect}; ${more}; base-uri 'none'; form-action 'none'`;
const page = (policy, head, script) => read("index.html").replace("{{csp}}", policy).replace("{{head}}", () => head).replace("{{script}}", () => script);
const hash = (text) => `'sha256-${sha256(text, "base64")}'`;

const [app, css, icon] = [await bundled("page.ts"), read("style.css"), read("icon.svg")];
const manifest = { name: "Jamjar", short_name: "Jamjar", start_url: "index.html", display: "standalone", icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml" }] };
const links = '<link rel="stylesheet" href="style.css">\n<link rel="manifest" href="manifest.webmanifest">\n<link rel="icon" href="icon.svg">';
const site = {
  "index.html": page(csp("'self'", "'self'", "img-src 'self'; manifest-src 'self'; worker-src 'self'"), links, '<script src="app.js"></script>'),
  "app.js": app,
  "style.css": css,
  "icon.svg": icon,
  "manifest.webmanifest": `${JSON.stringify(manifest)}\n`,
};
const version = sha256(Object.values(site).join("\0"), "hex").slice(0, 16);
const files = JSON.stringify(["./", ...Object.keys(site)]);
site["sw.js"] = await bundled("sw.ts", { FILES: files, VERSION: JSON.stringify(version) });

const single = page(csp(hash(app), hash(css), "img-src 'none'"), `<style>${css}</style>`, `<script>${app}</script>`);
if (/<\/script|<!--/i.test(app)) throw new Error("The bundle would end its own script element; escape it.");

rmSync(`${here}dist/site`, { recursive: true, force: true });
mkdirSync(`${here}dist/site`, { recursive: true });
for (const [name, text] of Object.entries(site)) writeFileSync(`${here}dist/site/${name}`, text);
writeFileSync(`${here}dist/jamjar.html`, single);
const served = Object.entries(site).map(([name, text]) => [`site/${name}`, text]);
const sums = [...served, ["jamjar.html", single]].map(([name, text]) => `${sha256(text, "hex")}  ${name}\n`).join("");
for (const folder of ["", "site/"]) writeFileSync(`${here}dist/${folder}SHA256SUMS`, sums); // its SHA-256 is the release's digest
process.stdout.write(sums);
