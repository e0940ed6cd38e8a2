"use strict";
(function () {
  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }
  var words = read("words-data");
  var nodes = new vis.DataSet(read("nodes"));
  var edges = new vis.DataSet(read("edges"));
  var details = document.getElementById("details");
  var found = document.getElementById("found");

  // vis sets the lines of a label one font size apart, too close for Thai marks above and below: boxes are drawn here
  function box(node) {
    return function (drawn) {
      var ctx = drawn.ctx, left = drawn.x - node.width / 2, top = drawn.y - node.height / 2;
      function write(text, size, y) {
        ctx.font = size + "px Sarabun";
        ctx.fillText(text, left + 9, y);
      }
      return {
        drawNode: function () {
          ctx.save();
          ctx.beginPath();
          ctx.roundRect(left, top, node.width, node.height, 6);
          ctx.fillStyle = node.fill;
          ctx.fill();
          var marked = node.focus || drawn.state.selected || drawn.state.hover;
          ctx.lineWidth = drawn.state.selected ? 5 : marked ? 3 : 1;
          ctx.strokeStyle = drawn.state.selected ? "#f2b705" : marked ? "#1a1c1b" : node.edge;
          ctx.stroke();
          ctx.fillStyle = node.ink;
          ctx.textAlign = "left";
          ctx.textBaseline = "alphabetic";
          node.lines.forEach(function (line, i) { write(line, 13.5, top + 22 + 18.5 * i); });
          node.small.forEach(function (line, i) {
            write(line, 11.5, top + node.height - 9.5 - 15.5 * (node.small.length - 1 - i));
          });
          ctx.restore();
        },
        nodeDimensions: { width: node.width, height: node.height }
      };
    };
  }
  nodes.update(nodes.map(function (node) {
    return { id: node.id, shape: "custom", label: undefined, ctxRenderer: box(node) };
  }));

  function show(network, params) {
    // textContent, never innerHTML: names come from files
    if (params.nodes.length) {
      details.textContent = nodes.get(params.nodes[0]).title;
    } else if (params.edges.length) {
      details.textContent = edges.get(params.edges[0]).title;
    } else {
      details.textContent = words.pick;
    }
  }

  function draw() {
    var network = new vis.Network(
      document.getElementById("mynetwork"), { nodes: nodes, edges: edges }, read("options")
    );
    network.on("select", function (params) { show(network, params); });
    document.getElementById("all").addEventListener("click", function () { network.fit(); });
    function find() {
      var asked = document.getElementById("words").value.trim().toLowerCase();
      var hits = asked ? nodes.get().filter(function (n) { return n.title.toLowerCase().indexOf(asked) >= 0; }) : [];
      network.selectNodes(hits.map(function (n) { return n.id; }));
      found.textContent = asked ? hits.length + " " + words.found : "";
      if (hits.length) {
        network.focus(hits[0].id, { scale: 1 });
        details.textContent = hits[0].title;
      }
    }
    document.getElementById("go").addEventListener("click", find);
    document.getElementById("words").addEventListener("keydown", function (event) {
      if (event.key === "Enter") { find(); }
    });
    network.fit();
    var asked = document.getElementById("mynetwork").getAttribute("data-focus");
    if (asked && network.getScale() < 0.6) {
      // a long trace would be too small to read: start with the item asked about at the left
      var at = network.getPositions([asked])[asked];
      var half = document.getElementById("mynetwork").clientWidth / 2 / 0.8;
      network.moveTo({ position: { x: at.x + Math.max(0, half - 130), y: at.y }, scale: 0.8 });
    }
    document.body.setAttribute("data-drawn", String(nodes.length));
  }

  // a canvas keeps the font it was drawn with, so Sarabun must be there first
  Promise.all([
    document.fonts.load("14px Sarabun", "ก"), document.fonts.load("14px Sarabun", "a"),
    document.fonts.load("bold 14px Sarabun", "ก")
  ]).then(draw, draw);
})();
