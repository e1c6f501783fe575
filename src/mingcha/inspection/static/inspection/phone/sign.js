/* A signature on glass: a canvas as wide as the screen; black on white, kept as PNG. */
(function (root) {
  "use strict";
  const P = root.mingchaPhone;

  /**
   * Ask for a signature in a full-screen dialog.
   * @param {string} title who signs
   * @returns {Promise<Blob|null>} null when it was left without signing
   */
  P.sign = function (title) {
    return new Promise(function (done) {
      const canvas = P.h("canvas", { class: "p-glass", "aria-label": title, tabindex: "0" });
      const context = canvas.getContext("2d");
      let drawn = 0, last = null;
      const keep = P.h("button", { class: "p-main", type: "button", disabled: true, onclick: finish }, P.word("sign_done"));
      const clear = P.h("button", { class: "p-side", type: "button", onclick: wipe }, P.word("sign_again"));
      const leave = P.h("button", { class: "p-side", type: "button", onclick: function () { close(null); } }, P.word("cancel"));
      const dialog = P.h("div", { class: "p-sheet", role: "dialog", "aria-modal": "true", "aria-label": title },
        P.h("h2", { class: "p-title" }, title), canvas, P.h("div", { class: "p-row" }, leave, clear, keep));

      function wipe() {
        context.fillStyle = "#fff";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.strokeStyle = "#000";
        context.lineWidth = 3 * (root.devicePixelRatio || 1);
        context.lineCap = context.lineJoin = "round";
        drawn = 0;
        keep.disabled = true;
      }
      function at(event) {
        const box = canvas.getBoundingClientRect();
        return {
          x: (event.clientX - box.left) * canvas.width / box.width,
          y: (event.clientY - box.top) * canvas.height / box.height
        };
      }
      function draw(event) {
        if (!last) return;
        event.preventDefault();
        const next = at(event);
        context.beginPath();
        context.moveTo(last.x, last.y);
        context.lineTo(next.x, next.y);
        context.stroke();
        drawn += Math.hypot(next.x - last.x, next.y - last.y);
        last = next;
        /* A dot is no signature. */
        keep.disabled = drawn < canvas.width / 4;
      }
      function close(blob) {
        dialog.remove();
        document.body.classList.remove("p-covered");
        done(blob);
      }
      function finish() { canvas.toBlob(close, "image/png"); }

      canvas.addEventListener("pointerdown", function (event) {
        canvas.setPointerCapture(event.pointerId);
        last = at(event);
      });
      canvas.addEventListener("pointermove", draw);
      ["pointerup", "pointercancel"].forEach(function (name) {
        canvas.addEventListener(name, function () { last = null; });
      });
      document.body.append(dialog);
      document.body.classList.add("p-covered");
      canvas.width = Math.round(canvas.clientWidth * (root.devicePixelRatio || 1));
      canvas.height = Math.round(canvas.clientHeight * (root.devicePixelRatio || 1));
      wipe();
      leave.focus();
    });
  };
}(self));
