// searching by key and name, whatever the case and the accents

const MOST_HITS = 12;

const makeSearch = ({ catalogue, go, look }) => {
  let [texts, keys] = [null, []]; // made when first searched
  const hits = make("ul", { class: "hits" });
  const told = make("p", { role: "status", class: "quiet" });

  const found = (wanted) => {
    texts ??= catalogue.key.map((key, number) => plain(`${key} ${catalogue.name[number]} ${key.replace(/\s+/g, "")}`));
    keys = keys.length ? keys : catalogue.key.map(plain);
    const words = wordsOf(wanted);
    const numbers = [...texts.keys()].filter((number) => hasAll(texts[number], words));
    const rank = (number) => (keys[number] === wanted ? 0 : keys[number].startsWith(wanted) ? 1 : 2);
    return numbers.sort((one, other) => rank(one) - rank(other) || one - other);
  };
  const choose = (number, byKeyboard) => {
    fill(hits);
    if (byKeyboard) input.focus(); // what had the focus is gone
    const found = go(number);
    fill(told, found ? `shown: ${catalogue.title(number)}` : `${catalogue.title(number)} is on no map: nothing that is shown is joined to it`);
    look();
  };
  const search = () => {
    const wanted = plain(input.value.trim());
    if (!wanted) {
      fill(hits);
      fill(told);
      return;
    }
    const numbers = found(wanted);
    fill(hits, ...numbers.slice(0, MOST_HITS).map((number) => make("li", {},
      make("button", { type: "button", click: (event) => choose(number, !event.detail) }, bidi(catalogue.title(number))))));
    const first = numbers.length > MOST_HITS ? `, the first ${MOST_HITS}` : "";
    fill(told, numbers.length ? `${formatted(numbers.length)} found${first}` : "nothing found");
  };
  const input = make("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false", input: search });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") hits.querySelector("button")?.click();
    if (event.key === "ArrowDown") hits.querySelector("button")?.focus();
    if (event.key === "ArrowDown" || event.key === "Enter") event.preventDefault();
  });
  hits.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    if (event.key === "Escape" || (event.key === "ArrowUp" && !next)) input.focus();
    else next?.querySelector("button").focus();
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  return {
    element: make("div", { class: "search" }, make("label", { for: "search" }, "Search the catalogue"), input, hits, told),
    // something else is shown than what was searched
    forget: () => hits.childElementCount || fill(told),
  };
};
