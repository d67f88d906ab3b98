(() => {
  "use strict";
  const places = () => [...document.querySelectorAll(".v[id]")].filter(e => e.offsetParent !== null && getComputedStyle(e).display !== "contents" && e.querySelector("sup, .caret")?.offsetParent !== null);
  let at = null;
  const mark = l => {
    document.querySelectorAll(".v.here").forEach(e => e.classList.remove("here"));
    if (l !== undefined) document.querySelectorAll(`.v[data-l="${l}"]`).forEach(e => e.classList.add("here"));
  };
  const go = step => {
    const all = places();
    if (!all.length) return;
    let i = all.indexOf(at);
    i = i < 0 ? (step > 0 ? 0 : all.length - 1) : (i + step + all.length) % all.length;
    at = all[i];
    mark(at.dataset.l);
    at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  };
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.type === "text") return;
    if (e.key === "n") go(1);
    else if (e.key === "N") go(-1);
    else if (e.key === "m") { const box = document.getElementById("only-meaning"); if (box) box.checked = !box.checked; }
    else return;
    e.preventDefault();
  });
  document.addEventListener("mouseover", e => { const v = e.target.closest?.(".v"); if (v) mark(v.dataset.l); });
  document.addEventListener("click", e => { const v = e.target.closest?.(".v"); if (v) { at = document.getElementById("l" + v.dataset.l); mark(v.dataset.l); } });
  document.querySelector(".keys")?.removeAttribute("hidden");
})();
