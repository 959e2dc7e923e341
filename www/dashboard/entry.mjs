// The dashboard's module: brings the wasm and hands the page over. What cannot be brought leaves the sentence that says what to do.
import init, { start } from './dashboard.js';

const place = document.getElementById('dashboard');
try {
  await init(new URL('__WASM__', import.meta.url));
  start(place);
} catch (error) {
  const line = place.querySelector('.waiting');
  if (line) line.textContent = line.dataset.failed;
  throw error;
}
