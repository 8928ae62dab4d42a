// One page, Markdown or MDX on stdin, through a JavaScript program; HTML on stdout.
// It runs where its packages are: `make test-generators` copies it there.
import { readFileSync } from "node:fs";

const page = readFileSync(0, "utf8");

async function remark(...behind) {
  const { unified } = await import("unified");
  const [parse, gfm, rehype, stringify] = await Promise.all(
    ["remark-parse", "remark-gfm", "remark-rehype", "rehype-stringify"].map(
      async (name) => (await import(name)).default,
    ),
  );
  const isRaw = behind.length > 0;
  const chain = unified().use(parse).use(gfm).use(rehype, { allowDangerousHtml: isRaw });
  for (const name of behind) chain.use((await import(name)).default);
  return String(await chain.use(stringify).process(page));
}

async function mdx() {
  const [{ evaluate }, runtime, { default: render }, { h }] = await Promise.all(
    ["@mdx-js/mdx", "preact/jsx-runtime", "preact-render-to-string", "preact"].map(
      (name) => import(name),
    ),
  );
  const { default: Content } = await evaluate(page, { ...runtime });
  return render(h(Content));
}

async function markdownIt(options) {
  const { default: MarkdownIt } = await import("markdown-it");
  return new MarkdownIt(options).render(page);
}

const programs = {
  mdx,
  remark: () => remark(),
  "rehype-raw": () => remark("rehype-raw"),
  "rehype-sanitize": () => remark("rehype-raw", "rehype-sanitize"),
  "markdown-it": () => markdownIt({ html: true }),
  "markdown-it-default": () => markdownIt({}),
};

process.stdout.write(await programs[process.argv[2]]());
