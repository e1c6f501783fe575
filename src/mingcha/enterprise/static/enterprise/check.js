/** The firm's page, once opened, verifies another code without a network. Words come from the page. */
(function () {
  "use strict";

  const box = document.querySelector("[data-check-code]");
  if (!box) return;
  const words = box.dataset;
  const keys = JSON.parse(document.getElementById("code-keys").textContent);
  const text = box.querySelector("[data-code-text]");
  const answer = box.querySelector("[data-code-answer]");

  function tell(said, good) {
    answer.textContent = said;
    answer.className = "mc-door-answer " + (good ? "mc-door-good" : "mc-door-bad");
  }

  function worth({ standing, said }) {
    if (standing !== "valid") return tell(words[standing === "unknown_key" ? "unknown_key" : standing], false);
    if (said.p === words.visit) return tell(words.same, true);
    if (said.f === words.firm) return tell(words.otherIssue, true);
    return tell(words.otherFirm + said.f, false);
  }

  async function check() {
    if (!window.mingchaCode.able()) return tell(words.unable, false);
    worth(await window.mingchaCode.verify(text.value, keys, Date.now()));
  }

  box.querySelector("[data-code-go]").addEventListener("click", check);
  box.querySelector("[data-code-picture]").addEventListener("change", async (event) => {
    const picture = event.target.files[0];
    const found = picture ? await window.mingchaCode.textIn(picture) : "";
    if (!found) return tell(words.noPicture, false);
    text.value = found;
    return check();
  });
})();
