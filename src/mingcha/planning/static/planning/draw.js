/* Convenience for the twenty boxes: a digit moves on, backspace moves back, a pasted row fills them. */
(function () {
  "use strict";
  document.querySelectorAll("[data-balls]").forEach(function (group) {
    var boxes = Array.prototype.slice.call(group.querySelectorAll("input"));
    function fill(start, text) {
      var digits = text.replace(/[^0-9]/g, "").split("");
      digits.slice(0, boxes.length - start).forEach(function (digit, offset) { boxes[start + offset].value = digit; });
      var next = Math.min(start + digits.length, boxes.length - 1);
      boxes[next].focus();
    }
    boxes.forEach(function (box, index) {
      box.addEventListener("input", function () {
        box.value = box.value.replace(/[^0-9]/g, "");
        if (box.value && index + 1 < boxes.length) boxes[index + 1].focus();
      });
      box.addEventListener("keydown", function (event) {
        if (event.key === "Backspace" && !box.value && index > 0) boxes[index - 1].focus();
      });
      box.addEventListener("focus", function () { box.select(); });
      box.addEventListener("paste", function (event) {
        event.preventDefault();
        fill(index, (event.clipboardData || window.clipboardData).getData("text"));
      });
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });
})();
