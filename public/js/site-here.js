// Where the phone is, as well as it can tell within a few seconds.

const goodMetres = 8;
const patienceMilliseconds = 6000;
const longestMilliseconds = 20000;

/** Farther off than this is not taken without asking. */
export const roughMetres = 40;

const reasons = { 1: 'denied', 2: 'unavailable', 3: 'timeout' };

/** { latitude, longitude, accuracy } in degrees and metres; rejects with the key of the words that say why not. */
export const whereIStand = () =>
  new Promise((resolve, reject) => {
    if (!window.isSecureContext) return reject('insecure');
    const { geolocation } = window.navigator;
    if (geolocation === undefined) return reject('unsupported');
    let best;
    let watch;
    let timer;
    const end = (settle, value) => {
      geolocation.clearWatch(watch);
      window.clearTimeout(timer);
      settle(value);
    };
    watch = geolocation.watchPosition(
      ({ coords }) => {
        if (best === undefined || coords.accuracy < best.accuracy) best = coords;
        if (best.accuracy <= goodMetres) end(resolve, best);
      },
      ({ code }) => (best === undefined ? end(reject, reasons[code] ?? 'unavailable') : end(resolve, best)),
      { enableHighAccuracy: true, maximumAge: 0, timeout: longestMilliseconds },
    );
    timer = window.setTimeout(() => {
      if (best !== undefined) end(resolve, best);
      else timer = window.setTimeout(() => end(reject, 'timeout'), longestMilliseconds);
    }, patienceMilliseconds);
  });
