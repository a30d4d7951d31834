// what is lit on the map: all that a learning needs and all that it unlocks, over the relations that count

const makeLighting = ({ cy, catalogue, relations }) => {
  const visible = (element) => !element.hasClass("hidden");
  const leads = (edge) => visible(edge) && catalogue.binds(edge.data("relation"));
  const endsOf = (joint, end) => {
    const near = end === "target" ? "source" : "target";
    return joint.connectedEdges().filter((edge) => leads(edge) && edge.data(near) === joint.id()).map((edge) => edge.data(end));
  };
  // a joint is lit where something lit lies beyond it; a line, where both of its ends are
  const spread = (name, lit, beyond) => {
    const joints = cy.nodes(".joint");
    for (let found = true; found;) {
      found = false;
      joints.forEach((joint) => {
        if (lit.has(joint.id()) || !endsOf(joint, beyond).some((id) => lit.has(id))) return;
        lit.add(joint.id());
        found = true;
      });
    }
    cy.nodes().filter((node) => lit.has(node.id()) && !node.hasClass("chosen")).addClass(name);
    cy.edges().filter((edge) => leads(edge) && lit.has(edge.data("source")) && lit.has(edge.data("target"))).addClass(name);
  };
  const light = (chosen) => cy.batch(() => {
    cy.elements().removeClass("needs unlocks chosen dim");
    const known = cy.nodes("[number]");
    if (!known.some((node) => node.data("number") === chosen && visible(node))) return;
    const boxes = (numbers) => new Set(known.filter((node) => numbers.has(node.data("number"))).map((node) => node.id()));
    known.filter((node) => node.data("number") === chosen).addClass("chosen");
    spread("needs", boxes(new Set([...catalogue.needs(chosen, relations()), chosen])), "target");
    spread("unlocks", boxes(new Set([...catalogue.unlocks(chosen, relations()), chosen])), "source");
    cy.elements().not(".needs, .unlocks, .chosen").addClass("dim");
  });
  // hide the lines that do not count, and what is there for its lines alone and has none left: joints, and what is from outside or no learning
  const filter = () => cy.batch(() => {
    cy.edges().forEach((edge) => { edge.toggleClass("hidden", !relations().has(edge.data("relation"))); });
    cy.nodes(".joint").forEach((joint) => { joint.toggleClass("hidden", !joint.outgoers("edge").some(visible)); });
    cy.nodes("[number]").filter((node) => node.hasClass("outside") || !catalogue.learning(node.data("number"))).forEach((node) => {
      node.toggleClass("hidden", !node.connectedEdges().some(visible));
    });
  });
  return { light, filter };
};
