import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const size = { 'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }] };

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', '.cache/**', '**/*.js', '**/*.mjs'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: [
      'src/**/*.ts',
      'dialogs/**/*.ts',
      'intents/**/*.ts',
      'models/**/*.ts',
      'scripts/**/*.ts',
      'web/**/*.{ts,tsx}',
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...size,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['src/cli/**/*.ts', 'src/bench/**/*.ts', 'scripts/**/*.ts'], rules: { 'no-console': 'off' } },
);
