import type { Resource } from '../../../operation/operation';
import { createCreditNote } from './createCreditNote';
import { fromBoekwinkeltjesOrder } from './fromBoekwinkeltjesOrder';
import { fromFields } from './fromFields';
import { fromRow } from './fromRow';
import { fromStamhoofdOrder } from './fromStamhoofdOrder';
import { fromStamhoofdPayment } from './fromStamhoofdPayment';
import { fromTopgeschenkenOrder } from './fromTopgeschenkenOrder';
import { validate } from './validate';

export const document: Resource = {
	name: 'Document',
	value: 'document',
	operations: [
		fromBoekwinkeltjesOrder,
		fromStamhoofdOrder,
		fromStamhoofdPayment,
		fromTopgeschenkenOrder,
		fromFields,
		fromRow,
		createCreditNote,
		validate,
	],
};
