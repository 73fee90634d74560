/** `npm run screenshots`: takes the pictures of the README and the documents from the real editor, into docs/images/. */
import { inEditor } from './lib/editor';
import { takePictures } from './lib/pictures';

void inEditor(takePictures);
