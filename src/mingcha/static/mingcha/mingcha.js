/* Small conveniences; every page works without them. ES2019, no library but htmx. */
(function () {
  "use strict";
  var script = document.currentScript;
  var texts = script ? script.dataset : {};

  function notice(text) {
    var place = document.getElementById("notices");
    if (!place) return;
    var box = document.createElement("div");
    box.className = "mc-message mc-tone-danger";
    box.setAttribute("role", "alert");
    box.textContent = text;
    place.textContent = "";
    place.appendChild(box);
    box.scrollIntoView({ block: "nearest" });
  }

  /* Copy buttons. Without HTTPS there is no clipboard API: select and use the old command. */
  function copyOldWay(value) {
    var area = document.createElement("textarea");
    area.value = value;
    area.className = "mc-offscreen";
    document.body.appendChild(area);
    area.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    area.remove();
    return done;
  }

  function copy(button) {
    var value = button.dataset.copy;
    var label = button.querySelector("span");
    var before = button.dataset.label || label.textContent;
    button.dataset.label = before;
    function tell(done) {
      label.textContent = done ? texts.copied : texts.copyFailed;
      window.setTimeout(function () { label.textContent = before; }, 2500);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(value).then(function () { tell(true); }, function () { tell(copyOldWay(value)); });
    } else {
      tell(copyOldWay(value));
    }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (button) { copy(button); return; }
    var more = event.target.closest("[data-toggle-filters]");
    if (more) {
      more.setAttribute("aria-expanded", String(more.closest("form").classList.toggle("mc-open")));
      return;
    }
    /* The whole row of a register opens its object, but never while text is being selected. */
    var row = event.target.closest("tr[data-href]");
    if (!row || !row.dataset.href || event.target.closest("a, button, input, label")) return;
    if (String(window.getSelection())) return;
    if (event.ctrlKey || event.metaKey) { window.open(row.dataset.href, "_blank", "noopener"); return; }
    window.location.href = row.dataset.href;
  });

  /* A second press is harmless (the server answers once), but should not look like an invitation. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    /* A download leaves the page as it is; let the form be sent again after a while. */
    window.setTimeout(function () { delete form.dataset.sent; form.removeAttribute("aria-busy"); }, 4000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  /* While a Chinese input method is composing, letters are not yet the search: wait for the characters. */
  document.addEventListener("input", function (event) {
    if (event.isComposing && event.target.closest("form[hx-get]")) event.stopPropagation();
  }, true);
  document.addEventListener("compositionend", function (event) {
    if (!event.target.closest("form[hx-get]")) return;
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* Addresses of filtered lists hold only what is really filtered by. */
  document.addEventListener("htmx:configRequest", function (event) {
    if (!event.target.hasAttribute("data-lean")) return;
    var parameters = event.detail.parameters;
    Object.keys(parameters).forEach(function (name) {
      if (parameters[name] === "") delete parameters[name];
    });
  });
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr ? event.detail.xhr.status : 0;
    notice(status === 403 || status === 401 ? texts.signedOut : texts.requestFailed);
  });
  document.addEventListener("htmx:sendError", function () { notice(texts.networkFailed); });

  function focusSummary() {
    var summary = document.querySelector("[data-focus]");
    if (summary && summary.closest("[data-sample]")) return;
    if (summary && !document.querySelector("[autofocus]") && !window.location.hash) summary.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", focusSummary);
  else focusSummary();
})();
