/** On the form of coming in: photograph the licence's QR instead of typing, and say whose licence it is. */
(function (root) {
  "use strict";
  const part = document.getElementById("licence-reading"), box = document.getElementById("id_licence");
  if (!part || !box) return;
  const words = JSON.parse(document.getElementById("licence-words").textContent);
  const told = part.querySelector("[role=status]"), camera = document.getElementById("licence-picture");

  function say(standing, values) {
    told.textContent = words["licence_" + standing].replace(/\{(\w+)\}/g, (whole, name) => (values && values[name]) || whole);
  }

  function look() {
    if (box.value.trim().length < 18) { told.textContent = ""; return; }
    const found = root.mingchaLicence.whose(box.value, part.dataset.code);
    say(found.standing, { code: found.code, firm: part.dataset.firm, own: part.dataset.code });
  }

  box.closest(".mc-field").append(part);
  box.addEventListener("input", look);
  camera.addEventListener("change", async () => {
    const text = camera.files.length ? await root.mingchaCode.textIn(camera.files[0]) : "";
    camera.value = "";
    if (!text) { say("not_seen"); return; }
    box.value = text.slice(0, box.maxLength > 0 ? box.maxLength : text.length);
    look();
  });
  root.mingchaLicence.reads().then((reads) => {
    part.hidden = false;
    part.querySelector("[data-reads]").hidden = !reads;
    part.querySelector("[data-by-hand]").hidden = reads;
  });
})(self);
