// The page with sample data instead of the real back end: `npm run mock`, then
// http://localhost:5199/?do=sample-failed,rail-checks presses these test ids one after the other.
import { install } from './backend';
import { press } from './press';

// As in the real window.
Object.freeze(Object.prototype);

const wishes = new URLSearchParams(location.search);
install({ slow: wishes.has('slow'), first: wishes.has('first') });
const theme = wishes.get('theme');
localStorage.clear();
if (theme) localStorage.setItem('theme', theme);
const zoom = wishes.get('zoom');
if (zoom) localStorage.setItem('zoom', zoom);
void import('../src/main').then(() => press((wishes.get('do') ?? '').split(',').filter(Boolean)));
