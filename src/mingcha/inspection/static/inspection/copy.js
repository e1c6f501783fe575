/* After a copy the next button has the focus, so that Enter is enough; what copies is mingcha.js. */
(function () {
  "use strict";
  var buttons = Array.prototype.slice.call(document.querySelectorAll(".mc-copy-row [data-copy]"));
  var last = document.querySelector("[data-after-copying]");
  buttons.forEach(function (button, place) {
    button.addEventListener("click", function () {
      button.classList.add("mc-copied");
      var next = buttons[place + 1] || last;
      /* Once the old way of copying has given the focus back. */
      if (next) { window.setTimeout(function () { next.focus(); }, 0); }
    });
  });
})();
