// Items through citeproc-js in a style: the text of each entry, one a line, without its number.
const fs = require("fs");
const CSL = require("citeproc");
const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const items = Object.fromEntries(job.items.map((item) => [item.id, item]));
const sys = { retrieveLocale: () => job.locale, retrieveItem: (id) => items[id] };
const engine = new CSL.Engine(sys, job.style, "en-US");
engine.updateItems(job.items.map((item) => item.id));
const [about, entries] = engine.makeBibliography();
const entities = { "&#38;": "&", "&#60;": "<", "&#62;": ">", "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const texts = {};
about.entry_ids.forEach((ids, at) => {
  const bare = entries[at].replace(/<div class="csl-left-margin">.*?<\/div>/, "").replace(/<[^<>]+>/g, "");
  texts[ids[0]] = bare.replace(/&#?\w+;/g, (sign) => entities[sign] || sign).replace(/\s+/g, " ").trim();
});
for (const item of job.items) console.log(JSON.stringify(texts[item.id] || ""));
