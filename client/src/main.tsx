import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startI18n } from './i18n/start-i18n.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no place for the client.');
createRoot(root).render(<App i18n={await startI18n()} />);
