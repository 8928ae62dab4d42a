// What makes the desk quicker to use; every page works without it.
"use strict";

// Search as one types: the list alone is fetched and put in place.
for (const box of document.querySelectorAll("[data-search]")) {
  const found = document.querySelector(box.dataset.search);
  let wait = 0;
  let latest = 0;
  box.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const number = ++latest;
      const answer = await fetch(`/library?part=1&q=${encodeURIComponent(box.value)}`);
      const text = await answer.text();
      if (answer.ok && number === latest) found.innerHTML = text;
    }, 120);
  });
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

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
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
