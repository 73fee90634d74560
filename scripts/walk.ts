/** `npm run walk`: does the first things that people want in n8n's editor, counts the clicks, and prints the table. Words as arguments choose among them. */
import { inEditor } from './lib/editor';
import { walk } from './lib/walk';

void inEditor(async (page, playground) => await walk(page, playground, process.argv.slice(2)));
