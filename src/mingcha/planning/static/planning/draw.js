/* Convenience for the twenty boxes: a digit moves on, backspace moves back, a pasted row fills them. All works without it, too. */
(function () {
  "use strict";
  document.querySelectorAll("[data-balls]").forEach(function (group) {
    var boxes = Array.prototype.slice.call(group.querySelectorAll("input"));
    var width = Number(group.dataset.balls) || 1;
    /* One digit a ball; lottery numbers are parted by whatever stands between them, or by twos. */
    function parts(text) {
      if (width === 1) return text.match(/[0-9]/g) || [];
      var numbers = text.match(/[0-9]+/g) || [];
      return numbers.length > 1 ? numbers : (text.match(/[0-9]{2}/g) || []);
    }
    function fill(start, text) {
      var found = parts(text);
      found.slice(0, boxes.length - start).forEach(function (ball, offset) { boxes[start + offset].value = ball.slice(0, width); });
      boxes[Math.min(start + found.length, boxes.length - 1)].focus();
    }
    boxes.forEach(function (box, index) {
      box.addEventListener("input", function () {
        box.value = box.value.replace(/[^0-9]/g, "");
        if (box.value.length >= width && index + 1 < boxes.length) boxes[index + 1].focus();
      });
      box.addEventListener("keydown", function (event) {
        if (event.key === "Backspace" && !box.value && index > 0) boxes[index - 1].focus();
        if ((event.key === " " || event.key === ".") && index + 1 < boxes.length) { event.preventDefault(); boxes[index + 1].focus(); }
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
