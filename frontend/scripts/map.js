/** A map on outlines of our own: no tiles, no other host. Pins are the mark: half is waiting, whole is a tandem. */
import L from "leaflet";

const PIN = [26, 34];

function pin(kind) {
  if (kind === "here") {
    return L.divIcon({ className: "pin-here", iconSize: [22, 22], iconAnchor: [11, 11], popupAnchor: [0, -10] });
  }
  const half = '<path class="pin__half" d="M13 4.5a8.5 8.5 0 0 0 0 17z"/>';
  const whole = '<circle class="pin__whole" cx="13" cy="13" r="8.5"/>';
  return L.divIcon({
    className: kind === "near" ? "pin pin--near" : "pin",
    iconSize: PIN,
    iconAnchor: [13, 33],
    popupAnchor: [0, -30],
    html: `<svg class="pin" width="26" height="34" viewBox="0 0 26 34" aria-hidden="true"><path class="pin__body" d="M13 1.5A11.5 11.5 0 0 0 1.5 13c0 8.2 11.5 19.5 11.5 19.5S24.5 21.2 24.5 13A11.5 11.5 0 0 0 13 1.5z"/>${kind === "half" ? half : whole}</svg>`,
  });
}

function popup(point) {
  const box = document.createElement("div");
  const name = document.createElement(point.url ? "a" : "strong");
  name.textContent = point.label;
  name.className = "map__name";
  if (point.url) name.href = point.url;
  box.append(name);
  if (point.text) {
    const text = document.createElement("p");
    text.textContent = point.text;
    box.append(text);
  }
  return box;
}

/** Points that would cover each other at this zoom are shown as one circle with their number. */
function clusters(map, points, reach = 40) {
  const cells = new Map();
  for (const point of points) {
    const { x, y } = map.project([point.lat, point.lon]);
    const key = `${Math.floor(x / reach)}:${Math.floor(y / reach)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(point);
  }
  return cells.values();
}

function mark(point, layer) {
  // Where somebody searched is no place to go to: nothing to press, nothing in the way of the pins.
  if (point.kind === "here") {
    L.marker([point.lat, point.lon], { icon: pin(point.kind), interactive: false, keyboard: false }).addTo(layer);
    return;
  }
  const marker = L.marker([point.lat, point.lon], { icon: pin(point.kind), title: point.label, alt: point.label })
    .bindPopup(() => popup(point), { minWidth: 160 })
    .addTo(layer);
  if (point.kind === "near")
    marker.bindTooltip(document.createTextNode(point.label), { permanent: true, direction: "top", offset: [0, -32], className: "map-name" });
}

function draw(map, layer, points, countLabel) {
  layer.clearLayers();
  for (const group of clusters(map, points)) {
    if (group.length === 1 || map.getZoom() >= map.getMaxZoom()) {
      for (const point of group) mark(point, layer);
      continue;
    }
    const bounds = L.latLngBounds(group.map(({ lat, lon }) => [lat, lon]));
    const size = 34 + Math.min(22, Math.round(Math.sqrt(group.length) * 2));
    const label = countLabel.replace("%s", group.length);
    L.marker(bounds.getCenter(), {
      icon: L.divIcon({ className: "map-cluster", iconSize: [size, size], html: `<span>${group.length}</span>` }),
      title: label,
      alt: label,
    })
      .on("click keypress", () => map.fitBounds(bounds, { padding: [48, 48], maxZoom: map.getMaxZoom() }))
      .addTo(layer);
  }
}

async function outlines(map, url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) return null;
  const shape = L.geoJSON(await answer.json(), { interactive: false, className: "map-outline" }).addTo(map);
  shape.bringToBack();
  return shape.getBounds();
}

/** Many points come as GeoJSON, apart from the page. Those that the page has itself are left out. */
async function morePoints(url, own) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) return [];
  const known = new Set(own.map((point) => point.url));
  const { features } = await answer.json();
  return features
    .map(({ geometry, properties }) => ({
      lat: geometry.coordinates[1],
      lon: geometry.coordinates[0],
      label: properties.name,
      text: properties.text,
      url: properties.url,
      kind: "whole",
    }))
    .filter((point) => !known.has(point.url));
}

window.tandemwerkMap = async (frame) => {
  const own = JSON.parse(document.getElementById(frame.dataset.points).textContent);
  const words = frame.dataset;
  frame.hidden = false;
  const map = L.map(frame, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    minZoom: 5,
    maxZoom: 13,
    scrollWheelZoom: false,
    fadeAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  }).setView([51.2, 10.4], 5.75);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut, position: document.dir === "rtl" ? "topright" : "topleft" }).addTo(map);
  const [bounds, more] = await Promise.all([
    words.outlines ? outlines(map, words.outlines) : null,
    words.morePoints ? morePoints(words.morePoints, own) : [],
  ]);
  const main = own.length ? own : more;
  const around = main.length ? L.latLngBounds(main.map(({ lat, lon }) => [lat, lon])) : bounds;
  const view = words.fit === "points" ? around : bounds ?? around;
  if (view) map.fitBounds(view, { padding: words.morePoints && own.length ? [64, 56] : [16, 16], maxZoom: 10 });
  const layer = L.layerGroup().addTo(map);
  const crowd = words.morePoints ? more : own;
  const redraw = () => draw(map, layer, crowd, words.countLabel);
  map.on("zoomend", redraw);
  // What was searched for is never hidden in a circle.
  const front = L.layerGroup().addTo(map);
  if (words.morePoints) for (const point of own) mark(point, front);
  map.on("click", () => map.scrollWheelZoom.enable());
  redraw();
};
