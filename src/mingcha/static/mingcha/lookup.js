/* Boxes that find one object among very many ([data-lookup]): suggestions by keyboard, mouse or finger.
   Without this file they are plain text boxes that take a code. ES2019. */
(function () {
  "use strict";
  var script = document.currentScript;
  var texts = script ? script.dataset : {};
  var counter = 0;

  function option(id, suggestion) {
    var item = document.createElement("li");
    item.id = id;
    item.className = "mc-lookup-option";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.text = suggestion.text;
    var label = document.createElement("span");
    label.textContent = suggestion.label;
    var detail = document.createElement("small");
    detail.textContent = suggestion.detail;
    item.append(label, detail);
    return item;
  }

  function attach(input) {
    var number = (counter += 1);
    var frame = document.createElement("div");
    var list = document.createElement("ul");
    var status = document.createElement("p");
    var timer = 0;
    var asked = 0;
    var current = -1;

    frame.className = "mc-lookup";
    input.parentNode.insertBefore(frame, input);
    list.id = "lookup-" + number;
    list.className = "mc-lookup-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", texts.label);
    list.hidden = true;
    status.className = "mc-lookup-status";
    status.setAttribute("role", "status");
    frame.append(input, list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      current = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(index) {
      var items = list.children;
      if (!items.length) return;
      current = (index + items.length) % items.length;
      Array.prototype.forEach.call(items, function (item, at) {
        item.setAttribute("aria-selected", String(at === current));
      });
      items[current].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[current].id);
    }
    function pick(item) {
      window.clearTimeout(timer);
      asked += 1;
      input.value = item.dataset.text;
      status.textContent = "";
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function show(found, limit) {
      list.textContent = "";
      current = -1;
      found.forEach(function (suggestion, at) { list.append(option(list.id + "-" + at, suggestion)); });
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(Boolean(found.length)));
      input.removeAttribute("aria-activedescendant");
      status.textContent = !found.length ? texts.nothing : found.length >= limit ? texts.more : "";
    }
    function ask() {
      var text = input.value.trim();
      var own = (asked += 1);
      if (!text) { status.textContent = ""; close(); return; }
      fetch(input.dataset.lookup + "?q=" + encodeURIComponent(text), {
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      }).then(function (response) {
        if (!response.ok || response.redirected) throw new Error(String(response.status));
        return response.json();
      }).then(function (answer) {
        if (own === asked) show(answer.suggestions, answer.limit);
      }, function () {
        if (own === asked) { close(); status.textContent = texts.failed; }
      });
    }

    input.addEventListener("input", function (event) {
      if (event.isComposing) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    input.addEventListener("compositionend", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask(); else mark(event.key === "ArrowDown" ? current + 1 : current < 0 ? -1 : current - 1);
      } else if (event.key === "Enter" && !list.hidden && current >= 0) {
        event.preventDefault();
        pick(list.children[current]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
    /* Before the box loses its focus, or the list would be gone when the finger is lifted. */
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var item = event.target.closest("[role=option]");
      if (item) { pick(item); input.focus(); }
    });
    input.addEventListener("blur", close);
  }

  function attachAll(root) {
    root.querySelectorAll("input[data-lookup]:not([role])").forEach(attach);
  }
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", function () { attachAll(document); });
  } else attachAll(document);
  document.addEventListener("htmx:load", function (event) { attachAll(event.target.parentNode || document); });
})();
