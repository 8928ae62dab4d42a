// The same articles through citeproc-js: one engine for each article, as a site would have it.
const fs = require("fs");
const CSL = require("citeproc");
const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const items = Object.fromEntries(job.items.map((item) => [item.id, item]));
const sys = { retrieveLocale: () => job.locale, retrieveItem: (id) => items[id] };
let length = 0;
for (const cited of job.articles) {
  const engine = new CSL.Engine(sys, job.style, "en-US");
  engine.updateItems(cited);
  length += engine.makeBibliography()[1].join("").length;
}
console.log(length);
