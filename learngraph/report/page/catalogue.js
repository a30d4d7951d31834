// what the page knows: nodes by number, what joins them, and the pages of the map

const RELATION_WORDS = {
  prerequisite: "Prerequisites",
  corequisite: "Corequisites",
  recommended: "Recommendations",
  outcome: "Outcomes",
};
const ADVISED = "recommended"; // what binds nobody is neither needed nor unlocks

const readCatalogue = (data) => {
  const { key, name, kind } = data.nodes;
  const before = key.map(() => []);
  const after = key.map(() => []);
  const used = new Set();
  for (let at = 0; at < data.edges.length; at += 3) {
    const [needed, learning, relation] = [data.edges[at], data.edges[at + 1], data.edges[at + 2]];
    before[learning].push([needed, relation]);
    after[needed].push([learning, relation]);
    used.add(relation);
  }
  const learning = (number) => {
    const row = data.learnings[number];
    if (!row) return null;
    const [duration, unit, term, numbers, asks, findings] = row;
    return { duration, unit, term, numbers, asks, findings };
  };
  const binds = (relation) => data.relations[relation] !== ADVISED;
  // all that lies before or after a node, over those of some relations that bind; never the node itself
  const reached = (start, relations, near) => {
    const found = new Set([start]);
    for (const number of found) {
      for (const [other, relation] of near[number]) if (relations.has(relation) && binds(relation)) found.add(other);
    }
    found.delete(start);
    return found;
  };
  const title = (number) => (name[number] && name[number] !== key[number] ? `${key[number]} ${name[number]}` : key[number]);
  return {
    key,
    name,
    kind,
    title,
    learning,
    count: data.learnings.length,
    relations: data.relations.map((relation, number) => ({ number, words: RELATION_WORDS[relation] })),
    used,
    binds,
    kinds: new Set(kind),
    anywhere: (holds) => data.pages.some((page) => page.map.nodes.some(holds)),
    metrics: data.metrics,
    pages: data.pages,
    needs: (number, relations) => reached(number, relations, before),
    unlocks: (number, relations) => reached(number, relations, after),
    joined: (number, relations) => [...before[number], ...after[number]].some(([, relation]) => relations.has(relation)),
    asks: (number, relation) => learning(number)?.asks.find(([other]) => other === relation)?.[1] ?? "",
  };
};
