// Reads a code with the camera or from a picture, on the phone itself: no picture leaves it. Only addresses of this site and codes are followed;
// anything else is shown as text. The form on the page does all of this without a script.
const box = document.getElementById('quet');
const { words, decoder, wasm } = box.dataset;
const say = JSON.parse(words);
const status = box.querySelector('[data-test=scan-status]');
const video = box.querySelector('video');
const [start, stop, torch] = ['mo', 'tat', 'den'].map((name) => box.querySelector(`[data-nut=${name}]`));
const picture = box.querySelector('input[type=file]');

const tell = (key, text = '') => {
  status.textContent = text === '' ? say[key] : `${say[key]} ${text}`;
};

const loadDecoder = () =>
  new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: decoder });
    script.addEventListener('load', () => {
      window.ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm } });
      resolve(window.ZXingWASM);
    });
    script.addEventListener('error', () => reject(new Error('decoder')));
    document.head.append(script);
  });

let reader;
/** How this phone reads: its own detector where it knows QR symbols, else the decoder that comes with this site. */
const readerOf = async () => {
  const own = 'BarcodeDetector' in window ? await window.BarcodeDetector.getSupportedFormats().catch(() => []) : [];
  if (own.includes('qr_code')) {
    const formats = ['qr_code', 'ean_13', 'ean_8'].filter((format) => own.includes(format));
    const detector = new window.BarcodeDetector({ formats });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
  }
  const zxing = await loadDecoder();
  return async (canvas) => {
    const image = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const found = await zxing.readBarcodes(image, { formats: ['QRCode', 'EAN13', 'EAN8'], maxNumberOfSymbols: 1 });
    return found[0]?.text;
  };
};
const read = async (canvas) => {
  reader ??= readerOf();
  return (await reader)(canvas);
};

const drawn = (source, width, height, longest) => {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** Where a text leads: a path of this site, a code to be looked up, or nowhere. */
const pathOf = (text) => {
  const hosts = [location.host, box.dataset.host].map((host) => host.toLowerCase());
  if (window.URL.canParse(text) && /^https?:/i.test(text)) {
    const url = new window.URL(text);
    return hosts.includes(url.host) ? url.pathname + url.search : undefined;
  }
  return /^[0-9a-z -]{8,24}$/i.test(text) ? `/check?code=${encodeURIComponent(text)}` : undefined;
};

const follow = (text) => {
  const path = pathOf(text);
  if (path === undefined) {
    tell('foreign', text.slice(0, 200));
    return false;
  }
  tell('found');
  location.assign(path);
  return true;
};

let stream;
const end = () => {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  video.hidden = true;
  stop.hidden = true;
  torch.hidden = true;
  start.hidden = false;
};

const look = async () => {
  while (stream !== undefined) {
    if (video.videoWidth > 0) {
      const text = await read(drawn(video, video.videoWidth, video.videoHeight, 960));
      if (text !== undefined && stream !== undefined) {
        end();
        follow(text);
        return;
      }
    }
    await new Promise((resolve) => window.setTimeout(resolve, 150));
  }
};

const begin = async () => {
  tell('starting');
  try {
    stream = await window.navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  } catch (error) {
    tell(error.name === 'NotAllowedError' ? 'refused' : 'noCamera');
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  start.hidden = true;
  stop.hidden = false;
  const [track] = stream.getVideoTracks();
  torch.hidden = track.getCapabilities?.().torch !== true;
  torch.onclick = () => {
    const isOn = torch.getAttribute('aria-pressed') !== 'true';
    torch.setAttribute('aria-pressed', String(isOn));
    track.applyConstraints({ advanced: [{ torch: isOn }] }).catch(() => tell('noTorch'));
  };
  await video.play();
  tell('looking');
  look().catch(() => {
    end();
    tell('broken');
  });
};

start.addEventListener('click', begin);
stop.addEventListener('click', () => {
  end();
  tell('stopped');
});
picture.addEventListener('change', async () => {
  const [file] = picture.files;
  if (file === undefined) return;
  tell('reading');
  try {
    const bitmap = await window.createImageBitmap(file);
    let text;
    for (const longest of [1600, 800, 3200]) text ??= await read(drawn(bitmap, bitmap.width, bitmap.height, longest));
    if (text === undefined) tell('nothing');
    else follow(text);
  } catch {
    tell('broken');
  }
});
window.addEventListener('pagehide', end);
start.disabled = window.navigator.mediaDevices === undefined;
box.hidden = false;
