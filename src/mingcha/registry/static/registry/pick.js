/* Boxes in a table: one for all, and a count of those ticked. Without this script each box still works. */
"use strict";

for (const form of document.querySelectorAll("[data-pick]")) {
  const all = form.querySelector("[data-pick-all]");
  const count = form.querySelector("[data-pick-count]");
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const some = form.querySelector("input[name=scope][value=some]");

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = String(ticked);
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  };

  if (all) {
    all.addEventListener("change", () => {
      boxes.forEach((box) => {
        box.checked = all.checked;
      });
      show();
    });
  }
  boxes.forEach((box) =>
    box.addEventListener("change", () => {
      if (some) some.checked = true;
      show();
    }),
  );
  show();
}
