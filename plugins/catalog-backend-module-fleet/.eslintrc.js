module.exports = require('../../scripts/eslint/fleetPackage')(__dirname);
