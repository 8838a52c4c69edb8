import { mount } from 'svelte';
// The shared styles come first, so that a component's own win.
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tables.css';
import './styles/frame.css';
import './styles/print.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
