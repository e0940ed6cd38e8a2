// Small comforts only: every page works without this file.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
// A page of something that goes on looks again by itself.
const going = document.querySelector("[data-refresh]");
if (going) {
  setTimeout(() => location.reload(), 1000 * Number(going.dataset.refresh));
}
