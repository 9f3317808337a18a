// The repository's root, for tests and scripts that read fixtures, grammars or the built files.
process.env.JOULELINT_ROOT = __dirname;

module.exports = {
  'node-option': ['enable-source-maps'],
  reporter: 'dot',
  timeout: 120_000,
};
