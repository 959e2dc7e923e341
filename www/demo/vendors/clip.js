// A stand-in for an embedded video player: see clip.html.
//
// It reports an impression as soon as the frame is loaded, as real players do (which is why the frame must be held
// back), and `play` and `pause` when the visitor presses the button. The film itself is a CSS animation of clip.html's drawing.
const COLLECT = '/demo/collect/video';
const player = document.querySelector('.player');
const button = document.querySelector('.play');
const label = document.querySelector('.label');
const clock = document.querySelector('.clock');
const bar = document.querySelector('.bar');
const LENGTH = 24;
let ticking;

// The bar's animation is the film's clock: it pauses and ends with the film.
const position = () => Math.round((bar.getAnimations()[0]?.currentTime ?? 0) / 1000);

const report = (event) => navigator.sendBeacon(COLLECT, JSON.stringify({ event, clip: 'from-wheel-to-kiln', seconds: position() }));
const time = (value) => `0:${String(value).padStart(2, '0')}`;

function showClock() {
  clock.textContent = `${time(position())} / ${time(LENGTH)}`;
}

function setState(state) {
  player.dataset.state = state;
  label.textContent = state === 'playing' ? 'Pause' : 'Play';
  clearInterval(ticking);
  showClock();
  if (state === 'playing') ticking = setInterval(showClock, 500);
}

button.addEventListener('click', () => {
  const play = player.dataset.state !== 'playing';
  if (player.dataset.state === 'ended') {
    // Taking the animations away for one style computation starts them from the beginning.
    player.dataset.state = 'ready';
    void player.offsetWidth;
  }
  setState(play ? 'playing' : 'paused');
  report(play ? 'play' : 'pause');
});

bar.addEventListener('animationend', () => {
  setState('ended');
  report('end');
});

(window.__vendors ??= []).push('clip');
report('impression');
