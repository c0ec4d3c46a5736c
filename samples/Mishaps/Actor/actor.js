'use strict';

let end;
let isBusy = false;
const ended = new Promise((resolve, reject) => {
  end = { now: resolve, with: reject };
});

async function onStart(role) {
  if (role.settings.Ending === 'OnStart throws') {
    throw new Error('The actor has no voice');
  }
  role.on('changed', () => act(role));
  // The platform asks for the status about every 15 seconds; Busy lasts until it asks again.
  role.on('statusCheck', check => {
    if (isBusy) {
      isBusy = false;
      check.setBusy();
    }
  });
  return role.settings.Ending !== 'OnStart returns false';
}

async function run() {
  await ended;
  console.log('The play is over');
}

async function onStop() {
  end.now();
  console.log('The curtain falls');
}

/** Does what the new value says, once: the next life begins with the same value and goes on. */
function act(role) {
  switch (role.settings.Ending) {
    case 'Run returns':
      return end.now();
    case 'Run throws':
      return end.with(new Error('The actor fell off the stage'));
    case 'another call throws':
      return setTimeout(() => {
        throw new Error('A lamp came down');
      }, 0);
    case 'the process exits':
      return process.exit(3);
    case 'RequestRecycle':
      return role.requestRecycle();
    case 'Busy once':
      isBusy = true;
  }
}

module.exports = { onStart, run, onStop };
