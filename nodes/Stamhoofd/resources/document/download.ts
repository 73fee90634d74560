import { readUuid, text } from '../../../input';
import { operation } from '../../../operation/operation';
import { OutputItem } from '../../../operation/output';
import { onCurrentLine } from '../../platform';

const EXAMPLE = 'e52f43fd-b275-464b-bece-9e8885909c3c';

export const download = operation({
	name: 'Download',
	value: 'download',
	action: 'Download document',
	description: 'Get a document as a file: a web page that prints as Stamhoofd makes it',
	request: 'GET /documents/{documentId}/html',
	input: {
		documentId: text({
			displayName: 'Document ID',
			required: true,
			placeholder: `e.g. ${EXAMPLE}`,
			check: (value) => readUuid(value, EXAMPLE),
			description: 'ID of the document, as Document: Get Many gives it',
		}),
		binaryField: text({
			displayName: 'Put Output File in Field',
			default: 'data',
			required: true,
			longest: 200,
			hint: 'The name of the output binary field to put the file in',
		}),
	},
	prepare: onCurrentLine,
	async send({ documentId, binaryField }, call) {
		const { body } = await call.send(call.request({ path: { documentId }, as: 'text' }));
		const fileName = `${documentId}.html`;
		const file = await call.context.helpers.prepareBinaryData(Buffer.from(String(body)), fileName, 'text/html');
		return new OutputItem({ id: documentId, fileName }, { binary: { [binaryField]: file } });
	},
});
