/** `npm run walk`: does the first things that people want in n8n's editor, counts the clicks, and prints the table. */
import { inEditor } from './lib/editor';
import { walk } from './lib/walk';

void inEditor(walk);
