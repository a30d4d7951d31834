// elements are made of texts, never of markup: whatever a catalogue holds is shown as it is written

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

// a text whose direction does not turn that of its neighbours
const bidi = (text) => make("bdi", {}, text);

const fill = (element, ...children) => element.replaceChildren(...children);

const LARGEST = 1e308;
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });
const formatted = (number) => {
  if (number === null || number === undefined) return "";
  if (Math.abs(number) >= LARGEST) return "over 10^308";
  if (Math.abs(number) >= 1e15) return number.toExponential(3);
  return grouped.format(number);
};

const counted = (count, noun) => `${formatted(count)} ${noun}${count === 1 ? "" : "s"}`;
