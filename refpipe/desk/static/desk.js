// What makes the desk quicker to use; every page works without it.
"use strict";

// Search as one types: the list alone is fetched and put in place.
for (const box of document.querySelectorAll("[data-search]")) {
  const found = document.querySelector(box.dataset.search);
  let wait = 0;
  let latest = 0;
  const search = () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const number = ++latest;
      const asked = new URLSearchParams(new FormData(box.form));
      asked.set("part", "1");
      const answer = await fetch(`/library?${asked}`);
      const text = await answer.text();
      if (answer.ok && number === latest) found.innerHTML = text;
    }, 120);
  };
  box.addEventListener("input", search);
  // What was typed before this script arrived, or what the browser put back, is searched too.
  if (box.value !== box.defaultValue) search();
}

// A button's key does what the button does, while nobody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio]), textarea, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

function copyable(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.copied;
    });
  }
  for (const button of root.querySelectorAll("[data-copy-rich]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const list = document.getElementById(button.dataset.copyRich);
      const as = (form, text) => [form, new Blob([text], { type: form })];
      const forms = [as("text/html", list.innerHTML), as("text/plain", list.innerText)];
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(forms))]);
      button.textContent = button.dataset.copied;
    });
  }
}
copyable(document);

// The answers of registries are shown as they arrive; without this the page comes when all are in.
function shown(event, form) {
  const name = /^event: (.*)$/m.exec(event)[1];
  const told = JSON.parse(/^data: (.*)$/m.exec(event)[1]);
  const progress = document.querySelector("#progress");
  if (name === "answer") {
    for (const place of told.places) {
      const line = document.querySelector(`#answer-${place}`);
      if (line) line.innerHTML = told.html;
    }
  } else if (name === "done") {
    const results = document.querySelector("#results");
    results.innerHTML = told.html;
    copyable(results);
    progress.textContent = form.dataset.done;
  } else {
    progress.innerHTML = told.html;
  }
  return name !== "answer";
}

async function streamed(form) {
  const progress = document.querySelector("#progress");
  progress.hidden = false;
  progress.textContent = form.dataset.asking;
  for (const line of document.querySelectorAll("[data-waits]")) line.textContent = "…";
  let isWhole = false;
  try {
    const answer = await fetch(form.dataset.answers, { method: "POST", body: new FormData(form) });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let got = await reader.read(); answer.ok && !got.done; got = await reader.read()) {
      const events = (text + got.value).split("\n\n");
      text = events.pop();
      for (const event of events) isWhole = shown(event, form) || isWhole;
    }
  } catch {
    isWhole = false;
  }
  if (!isWhole) progress.textContent = form.dataset.lost;
}

for (const form of document.querySelectorAll("[data-answers]")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || button.value !== "add") return;
    event.preventDefault();
    button.disabled = true;
    await streamed(form);
    button.disabled = false;
  });
}

// A file dropped on the box is pasted into it.
for (const box of document.querySelectorAll("[data-drop]")) {
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    box.classList.remove("over");
    box.value = await file.text();
  });
}
