import { mount } from 'svelte';
import App from './App.svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tables.css';
import './styles/frame.css';
import './styles/print.css';

const target = document.getElementById('app');
if (target) mount(App, { target });
