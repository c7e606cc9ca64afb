// Makes the drawn map one that moves: Leaflet over the same outlines, without tiles and without any other server.
// Everything that it shows is already in words on the page; when anything fails, the drawing stays.
const box = document.getElementById('ban-do');

const load = (tag, attributes) =>
  new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.addEventListener('load', resolve);
    element.addEventListener('error', reject);
    document.head.append(Object.assign(element, attributes));
  });

// Names come from people: they are put in as text, never as markup.
const textNode = (text) => {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
};

const button = (text, onPress) => {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'btn nho';
  element.textContent = text;
  element.addEventListener('click', onPress);
  return element;
};

const draw = () => {
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const frame = document.createElement('div');
  frame.className = 'song';
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', box.dataset.label);
  box.append(frame);
  const map = L.map(frame, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    inertia: !isCalm,
  });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const style = { color: '#27407F', weight: 2, fillColor: '#27407F', fillOpacity: 0.22 };
  const marker = (_feature, at) => L.circleMarker(at, { ...style, radius: 8, fillOpacity: 1 });
  const layers = [];
  const places = L.geoJSON(JSON.parse(box.dataset.places), {
    style,
    pointToLayer: marker,
    onEachFeature: (feature, layer) => {
      layers.push(layer);
      const direction = feature.geometry.type === 'Point' ? 'bottom' : 'center';
      layer.bindTooltip(textNode(feature.properties.name), { permanent: true, direction, className: 'ten' });
    },
  }).addTo(map);
  const boundsOf = (layer) => (layer.getBounds ? layer.getBounds() : L.latLngBounds([layer.getLatLng()]));
  const show = (bounds) => map.fitBounds(bounds, { padding: [28, 28], maxZoom: 18, animate: !isCalm });
  show(places.getBounds());
  box.querySelector('svg').remove();
  for (const item of document.querySelectorAll('[data-place]')) {
    const layer = layers[Number(item.dataset.place)];
    item.replaceChildren(
      button(item.textContent, () => {
        show(boundsOf(layer));
        frame.scrollIntoView({ block: 'nearest' });
      }),
    );
  }
  if (layers.length > 1) box.after(button(box.dataset.all, () => show(places.getBounds())));
};

if (box !== null) {
  Promise.all([
    load('link', { rel: 'stylesheet', href: box.dataset.style }),
    load('script', { src: box.dataset.script }),
  ])
    .then(draw)
    .catch(() => undefined);
}
