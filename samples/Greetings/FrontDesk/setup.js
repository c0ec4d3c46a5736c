'use strict';

// The startup task: it runs before every start of an instance, so it must be possible to run it again and again.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

const file = path.join(process.env.PAGES, 'greeting.txt');
writeFileSync(file, '{greeting}! You are visitor number {number}. ({instance})\n');
console.log(`Wrote ${file}`);
