// what is told of a box of the map when the mouse or the keyboard is on it

const makeTip = ({ catalogue, canvas, tip }) => {
  const describe = (node) => {
    if (node.hasClass("joint")) {
      const kind = node.data("label");
      const joined = { "any of": "or", "all of": "and" }[kind] ?? "one of them:";
      return [kind, ...node.data("conditions").map((text) => `${joined} \u201c${text}\u201d`)];
    }
    const number = node.data("number");
    const known = catalogue.learning(number);
    const lines = [catalogue.title(number)];
    const kind = catalogue.kind[number];
    if (kind === "program" || kind === "achievement") lines.push(kind);
    if (node.hasClass("missing")) lines.push("is not in the catalogue");
    else if (node.hasClass("outside")) lines.push("outside of this page");
    if (known) {
      lines.push(known.term ? `term ${known.term} at the earliest` : "can never be taken");
      if (known.numbers) lines.push(catalogue.metrics.map((name, at) => `${name} ${formatted(known.numbers[at])}`).join(", "));
    }
    return lines;
  };
  let told = null;
  const show = (node) => {
    if (told === node) return;
    told = node;
    fill(tip, ...describe(node).map((line, at) => make(at ? "div" : "strong", {}, bidi(line))));
    tip.hidden = false;
    const { x, y } = node.renderedPosition();
    const away = node.renderedHeight() / 2 + 8;
    const fits = y + away + tip.offsetHeight < canvas.clientHeight;
    const left = Math.min(x - tip.offsetWidth / 2, canvas.clientWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, fits ? y + away : y - away - tip.offsetHeight)}px`;
  };
  const hide = () => {
    told = null;
    tip.hidden = true;
  };
  return { describe, show, hide };
};
