/* Searching in the static copy, where no server answers. Two kinds of page have a search box:

   data-search="rows"    the table on the page (`table[data-rows]`): rows without the words are hidden
   data-search="index"   the publications of one kind, from index.js (window.mingchaPublished)

   Without this script the boxes stay hidden and every row and list is there. */
(function () {
  "use strict";

  var MOST = 100;
  var box = document.querySelector("[data-search]");
  if (!box) return;
  var input = box.querySelector("input"), status = box.querySelector("[data-search-status]");
  var results = box.querySelector("[data-search-results]");

  function words() {
    return input.value.toLowerCase().split(/\s+/).filter(Boolean);
  }

  function holds(text, wanted) {
    text = text.toLowerCase();
    return wanted.every(function (word) { return text.includes(word); });
  }

  function say(count, more) {
    status.textContent = words().length ? (more ? status.dataset.more : status.dataset.found).replace("%(n)s", count) : "";
  }

  function filterRows() {
    var wanted = words(), count = 0;
    document.querySelectorAll("table[data-rows] tbody tr").forEach(function (row) {
      row.hidden = !holds(row.textContent, wanted);
      if (!row.hidden) count += 1;
    });
    say(count, false);
  }

  function line(one) {
    var item = document.createElement("li"), link = document.createElement("a");
    var text = document.createElement("span"), title = document.createElement("strong");
    var detail = document.createElement("span");
    link.className = "mc-list-link";
    link.href = one.href + "index.html";
    text.className = "mc-list-main";
    title.textContent = one.title;
    detail.className = "mc-list-detail";
    detail.textContent = [one.number, status.dataset.version.replace("%(n)s", one.version), one.from]
      .concat(one.state === "withdrawn" ? [status.dataset.withdrawn] : []).join(" · ");
    text.append(title, detail);
    link.append(text);
    item.append(link);
    return item;
  }

  function lookUp() {
    var wanted = words();
    var found = wanted.length ? window.mingchaPublished.filter(function (one) {
      return holds(one.title + " " + one.number, wanted);
    }) : [];
    results.replaceChildren.apply(results, found.slice(0, MOST).map(line));
    results.hidden = !found.length;
    say(found.length, found.length > MOST);
  }

  var search = box.dataset.search === "rows" ? filterRows : lookUp;
  if (box.dataset.search === "index" && !window.mingchaPublished) return;
  box.hidden = false;
  input.addEventListener("input", search);
})();
