export { part } from '../views/book-part.tsx';
