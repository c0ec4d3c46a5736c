'use strict';

// The startup task: while it fails, the role is not started at all.
if (process.env.ENDING === 'the startup task fails') {
  console.error('The curtain is stuck');
  process.exit(1);
}
