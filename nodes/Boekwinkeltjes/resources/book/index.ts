import type { Resource } from '../../../operation/operation';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { remove } from './delete';
import { get } from './get';
import { getImages } from './getImages';
import { getMany } from './getMany';
import { setImageFromUrl } from './setImageFromUrl';
import { update } from './update';
import { uploadImage } from './uploadImage';

export const book: Resource = {
	name: 'Book',
	value: 'book',
	operations: [getMany, get, create, createOrUpdate, update, remove, getImages, uploadImage, setImageFromUrl],
};
