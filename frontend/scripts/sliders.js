/** A slider beside each number: both say the same, and the number is what is sent. */
export function setUpSliders(root) {
  for (const box of root.querySelectorAll("[data-slider]")) {
    const slider = box.querySelector("input[type=range]");
    const number = box.querySelector("input[type=number]");
    slider.hidden = false;
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
  }
}
