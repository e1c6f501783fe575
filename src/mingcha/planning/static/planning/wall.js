/* The wall: counts down, and shows again what the server shows. It changes nothing anywhere. */
(function () {
  "use strict";
  var every = 2000;
  var wall = document.querySelector("[data-wall]");
  var ahead = Date.now() - Date.parse(wall.dataset.now);

  function two(n) { return (n < 10 ? "0" : "") + n; }
  function tick() {
    var box = wall.querySelector("[data-countdown]");
    if (!box) return;
    var left = Math.ceil((Date.parse(wall.dataset.reveal) - (Date.now() - ahead)) / 1000);
    if (left <= 0) { box.textContent = box.dataset.due; return; }
    var hours = Math.floor(left / 3600);
    box.textContent = (hours ? two(hours) + ":" : "") + two(Math.floor(left % 3600 / 60)) + ":" + two(left % 60);
  }
  function note(text) { wall.querySelector(".mc-wall-note").textContent = text; }
  function take(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-wall]");
    if (!fresh) { note(wall.dataset.signedOut); return; }
    note("");
    if (fresh.dataset.version === wall.dataset.version) return;
    wall.replaceWith(fresh);
    wall = fresh;
    tick();
  }
  function ask() {
    fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(take, function () { note(wall.dataset.offline); })
      .then(function () { window.setTimeout(ask, every); });
  }
  tick();
  window.setInterval(tick, 1000);
  window.setTimeout(ask, every);
})();
