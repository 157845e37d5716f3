/** @jsxImportSource preact */
import { render } from 'preact';
import { loadWidget } from './account';
import { Shop } from './pages';
import './shop.css';

const language = new URLSearchParams(location.search).get('lang');
if (language && ['en', 'hi', 'hi-Latn'].includes(language)) document.documentElement.lang = language;

const page = document.getElementById('page');
if (page) render(<Shop page={location.pathname === '/orders' ? 'orders' : 'goods'} />, page);
loadWidget();
