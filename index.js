// n8n reads nodes and credentials from the "n8n" key of package.json; this file only makes the package requirable.
module.exports = {};
